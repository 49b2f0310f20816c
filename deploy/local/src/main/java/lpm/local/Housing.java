package lpm.local;

/** What a service lives in; a test may put it into a container. */
@FunctionalInterface
public interface Housing {
    /** Each is a process of this machine and nothing more. */
    Housing PROCESS = plain -> plain;

    /**
     * What is started in the place of a plain process; asked once for each service, before anything runs.
     *
     * @param plain with the settings and the port that the rest of the cloud counts on
     */
    Child.Spec of(Child.Spec plain);
}
