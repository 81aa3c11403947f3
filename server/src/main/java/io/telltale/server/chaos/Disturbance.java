package io.telltale.server.chaos;

/// One blow.
///
/// @param atMillis after the start of the fleet
/// @param forMillis how long it lasts: until the server is started again, the pause ends, the network is well
/// @param which how many of its kind there have been, so that several brokers or relays take turns
record Disturbance(long atMillis, Kind kind, long forMillis, int which) {
    enum Kind {
        KILL_SERVER("kill -9 of the server"),
        RESTART_SERVER("orderly restart of the server"),
        KILL_STORE("kill -9 of ClickHouse"),
        RESTART_BROKER("restart of a broker"),
        PAUSE_SERVER("pause of the server"),
        PAUSE_STORE("pause of ClickHouse"),
        CUT("cut of connections"),
        SLOW("slow network");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// Whether something ends and is started again.
        boolean isKill() {
            return switch (this) {
                case KILL_SERVER, RESTART_SERVER, KILL_STORE, RESTART_BROKER -> true;
                case PAUSE_SERVER, PAUSE_STORE, CUT, SLOW -> false;
            };
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
