package lpm.contracts.scheduler;

/** What is done to one disk of an offline Linode. */
public enum DiskChange {
    add,
    resize,
    delete
}
