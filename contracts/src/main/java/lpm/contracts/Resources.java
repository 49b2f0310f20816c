package lpm.contracts;

/** What a Linode takes of a host. */
public record Resources(int vcpus, long memoryMib) {
    public static final Resources NONE = new Resources(0, 0);

    public Resources {
        if (vcpus < 0 || memoryMib < 0) {
            throw new IllegalArgumentException("resources must not be negative: " + vcpus + " vcpus, " + memoryMib);
        }
    }

    public Resources plus(Resources other) {
        return new Resources(vcpus + other.vcpus, memoryMib + other.memoryMib);
    }

    public Resources minus(Resources other) {
        return new Resources(vcpus - other.vcpus, memoryMib - other.memoryMib);
    }
}
