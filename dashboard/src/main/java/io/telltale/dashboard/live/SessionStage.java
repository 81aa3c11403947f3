package io.telltale.dashboard.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/// One browser's end of the line: requests in, frames out. A change is sent at once when the last frame is longer ago
/// than the frame interval, else when that has passed. While the browser does not read there is no demand, and changes
/// stay, conflated, in the [Session].
final class SessionStage extends GraphStage<FlowShape<Request, String>> {
    private static final Duration OVERVIEW_INTERVAL = Duration.ofSeconds(1);

    private final Inlet<Request> in = Inlet.create("requests");
    private final Outlet<String> out = Outlet.create("frames");
    private final FlowShape<Request, String> shape = FlowShape.of(in, out);
    private final LiveHub hub;
    private final LiveSettings settings;
    private final Frames frames;

    SessionStage(LiveHub hub, LiveSettings settings, Frames frames) {
        this.hub = hub;
        this.settings = settings;
        this.frames = frames;
    }

    @Override
    public FlowShape<Request, String> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private enum Tick {
        FRAME,
        OVERVIEW
    }

    private final class Logic extends TimerGraphStageLogic {
        private final AsyncCallback<NotUsed> changed = createAsyncCallback(nothing -> send());
        private final Session session = new Session(settings, () -> changed.invoke(NotUsed.getInstance()));
        private final long frameNanos = settings.frameInterval().toNanos();
        private Queue<String> unsent = new ArrayDeque<>();
        private long lastFrameNanos = System.nanoTime() - frameNanos;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    switch (grab(in)) {
                        case Request.Accepted accepted -> hub.watch(session, accepted.watch());
                        case Request.Refused refused -> session.offerProblem(refused.detail());
                    }
                    pull(in);
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    send();
                }
            });
        }

        @Override
        public void preStart() {
            if (!hub.join(session)) {
                completeStage();
                return;
            }
            scheduleAtFixedRate(Tick.OVERVIEW, OVERVIEW_INTERVAL, OVERVIEW_INTERVAL);
            pull(in);
        }

        @Override
        public void onTimer(Object tick) {
            if (tick == Tick.OVERVIEW) {
                session.offerOverview();
            } else {
                send();
            }
        }

        @Override
        public void postStop() {
            hub.leave(session);
        }

        private void send() {
            if (session.isClosed()) {
                completeStage();
            } else if (isAvailable(out)) {
                if (unsent.isEmpty()) {
                    take();
                }
                if (!unsent.isEmpty()) {
                    push(out, unsent.remove());
                }
            }
        }

        private void take() {
            long waitNanos = lastFrameNanos + frameNanos - System.nanoTime();
            if (waitNanos > 0) {
                if (!isTimerActive(Tick.FRAME)) {
                    scheduleOnce(Tick.FRAME, Duration.ofNanos(waitNanos));
                }
                return;
            }
            var changes = session.take();
            unsent = frames.of(changes);
            if (!unsent.isEmpty()) {
                lastFrameNanos = System.nanoTime();
                hub.sent(changes);
            }
        }
    }
}
