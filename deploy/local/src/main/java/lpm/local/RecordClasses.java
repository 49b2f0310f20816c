package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import lpm.local.jvm.ClassArchive;
import lpm.local.jvm.ClassRecording;
import lpm.local.jvm.Program;

/**
 * Makes the archives of classes that the programs of this build start with, unless they are there: starts a cloud,
 * notes what its processes load until it is ready, and stops it.
 */
public final class RecordClasses {
    private final Built built;
    private final Path folder;
    private final Progress progress;

    /** Archives by where they are; with each the processes that show what belongs into it. */
    private final Map<Path, Making> makings = new LinkedHashMap<>();

    private record Making(ClassArchive archive, List<Path> loaded) {}

    private RecordClasses(Built built, Path folder, Progress progress) {
        this.built = built;
        this.folder = folder;
        this.progress = progress;
    }

    /** Runs after a build. */
    public static void main(String[] arguments) {
        try {
            of(Home.find(), new Progress(System.err));
        } catch (LocalFailure e) {
            System.err.println("lpm: " + e.sentence());
            System.exit(1);
        }
    }

    /** Comes back when the programs of a built repository have their archives. */
    public static void of(Path home, Progress progress) {
        Built built = new Built(home);
        if (built.programs().allMatch(program -> program.archive().exists())) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("lpm-classes-");
            try {
                RecordClasses recording = new RecordClasses(built, folder, progress);
                recording.watch(new Options(home, folder.resolve("cloud"), 0, 1, progress));
                recording.forgetOthers();
                recording.makeAll();
            } finally {
                FileTree.delete(folder);
            }
        } catch (IOException | ExecutionException e) {
            throw new LocalFailure("The archives of classes cannot be made: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted while archives of classes were made.", e);
        }
    }

    private void watch(Options options) {
        progress.say("Recording what programs load, to start them faster; once for the same libraries");
        Map<String, String> environment =
                Map.of("JAVA_TOOL_OPTIONS", "-XX:DumpLoadedClassList=" + folder.resolve("%p.classes"));
        try (LocalCloud cloud = LocalCloud.start(options.withEnvironment(environment))) {
            LocalCloud.SERVICES.forEach(service -> note(built.service(service), cloud.service(service)));
            note(built.broker(), cloud.broker().process());
            note(built.agent(), cloud.agent(cloud.hostIds().getFirst()));
            note(built.simulatedXen(), cloud.simulatedXen());
        }
    }

    private void note(Program program, Child process) {
        makings.computeIfAbsent(program.archive().file(), _ -> new Making(program.archive(), new ArrayList<>()))
                .loaded()
                .add(folder.resolve("pid" + process.pid() + ".classes")); // as the JVM writes %p
    }

    /** What was made of other libraries is of no more use. */
    private void forgetOthers() throws IOException {
        Files.createDirectories(built.archives());
        try (Stream<Path> files = Files.list(built.archives())) {
            for (Path file : files.filter(each -> !makings.containsKey(each)).toList()) {
                Files.delete(file);
            }
        }
    }

    private void makeAll() throws InterruptedException, ExecutionException {
        progress.say("Making %d archives of classes", makings.size());
        ClassRecording recording = new ClassRecording(folder);
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> made = new ArrayList<>();
            for (Making making : makings.values()) {
                made.add(all.submit(() -> recording.make(making.archive(), making.loaded())));
            }
            for (Future<Path> each : made) {
                progress.say("Made %s", each.get().getFileName());
            }
        }
    }
}
