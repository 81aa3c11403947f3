package io.telltale.gateway.listener;

import io.telltale.analytics.model.Inbound;
import io.telltale.gateway.Ack;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/// The stream's end of the [Inflow].
final class Deliveries extends GraphStage<SourceShape<Pair<Inbound, Ack>>> {
    private final Inflow inflow;
    private final Outlet<Pair<Inbound, Ack>> out = Outlet.create("deliveries");
    private final SourceShape<Pair<Inbound, Ack>> shape = SourceShape.of(out);

    Deliveries(Inflow inflow) {
        this.inflow = inflow;
    }

    @Override
    public SourceShape<Pair<Inbound, Ack>> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic implements Inflow.Line {
        private final AsyncCallback<Done> woken = createAsyncCallback(_ -> serve());

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    serve();
                }
            });
        }

        @Override
        public void preStart() {
            inflow.attach(this);
        }

        @Override
        public void postStop() {
            inflow.detach(this);
        }

        @Override
        public void wake() {
            woken.invoke(Done.getInstance());
        }

        private void serve() {
            if (!isAvailable(out)) {
                return;
            }
            var next = inflow.poll();
            if (next != null) {
                push(out, Pair.create(next.inbound(), next));
            } else if (inflow.isExhausted()) {
                completeStage();
            }
        }
    }
}
