package io.telltale.storage.write;

import io.telltale.analytics.model.Outcome;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;

/// Hands each outcome to the writer and emits it, in order, once its batch is durable. Holds at most `window` of them,
/// and takes none while the writer is full. A durable batch costs one message, not one for each outcome.
final class WriteStage<C> extends GraphStage<FlowShape<Pair<Outcome, C>, Pair<Outcome, C>>> {
    private final Inlet<Pair<Outcome, C>> in = Inlet.create("WriteStage.in");
    private final Outlet<Pair<Outcome, C>> out = Outlet.create("WriteStage.out");
    private final FlowShape<Pair<Outcome, C>, Pair<Outcome, C>> shape = FlowShape.of(in, out);
    private final BatchWriter writer;
    private final int window;

    WriteStage(BatchWriter writer, int window) {
        if (window < 1) {
            throw new IllegalArgumentException("window: expected 1 or more, got " + window);
        }
        this.writer = writer;
        this.window = window;
    }

    @Override
    public FlowShape<Pair<Outcome, C>, Pair<Outcome, C>> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inheritedAttributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic implements InHandler, OutHandler, Runnable {
        private final Queue<Pair<Outcome, C>> waiting = new ArrayDeque<>();
        /// The batch of each waiting outcome: a ring as wide as the window, in step with the queue.
        private final long[] batchNumbers = new long[window];

        private long accepted;
        private long emitted;
        private long durableNumber;
        private final AsyncCallback<Done> progress = createAsyncCallback(_ -> onProgress());

        Logic() {
            super(shape);
            setHandler(in, this);
            setHandler(out, this);
        }

        @Override
        public void preStart() {
            writer.listen(this);
            onProgress();
        }

        @Override
        public void postStop() {
            writer.unlisten(this);
        }

        /// Called by the writer's thread.
        @Override
        public void run() {
            progress.invoke(Done.getInstance());
        }

        @Override
        public void onPush() {
            Pair<Outcome, C> element = grab(in);
            batchNumbers[(int) (accepted % window)] = writer.append(element.first());
            accepted++;
            waiting.add(element);
            emit();
            pullIfRoom();
        }

        @Override
        public void onPull() {
            emit();
            pullIfRoom();
        }

        private void onProgress() {
            if (writer.isClosed()) {
                failStage(new IllegalStateException("the store is closed"));
                return;
            }
            durableNumber = writer.durableNumber();
            emit();
            pullIfRoom();
        }

        @Override
        public void onUpstreamFinish() {
            if (waiting.isEmpty()) {
                completeStage();
            }
        }

        private void emit() {
            if (!waiting.isEmpty() && isAvailable(out) && batchNumbers[(int) (emitted % window)] <= durableNumber) {
                emitted++;
                push(out, waiting.remove());
                if (waiting.isEmpty() && isClosed(in)) {
                    completeStage();
                }
            }
        }

        private void pullIfRoom() {
            if (accepted - emitted < window && !writer.isFull() && !isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }
    }
}
