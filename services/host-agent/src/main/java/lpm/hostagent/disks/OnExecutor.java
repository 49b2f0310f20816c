package lpm.hostagent.disks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Work on bytes that takes its time: in parallel, but for each image one piece after the other. */
public final class OnExecutor {
    private final Executor executor;
    private final ConcurrentMap<String, CompletableFuture<?>> last = new ConcurrentHashMap<>();

    /** @param executor never the calling thread */
    public OnExecutor(Executor executor) {
        this.executor = executor;
    }

    /** Begins when whatever was asked for the image before has ended, however it did. */
    public <T> CompletionStage<T> after(String image, Supplier<T> work) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<?> before = last.put(image, mine);
        CompletableFuture<?> start = before == null ? CompletableFuture.completedFuture(image) : before;
        return start.handle((_, _) -> image)
                .thenApplyAsync(_ -> work.get(), executor)
                .whenComplete((done, failed) -> {
                    last.remove(image, mine);
                    // only says that the next one may begin
                    mine.complete(done);
                });
    }
}
