package lpm.xenlab;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How one host is emulated. An AMD processor with nested paging, since guests are PVH; without rdtscp, which kills such
 * a guest under emulation.
 */
record QemuArguments(Image image, Path folder, int number, int memoryMib) {
    private static final String PROCESSOR = "Opteron_G3,+svm,+npt,-rdtscp";
    private static final int TRANSLATION_CACHE_MIB = 256;

    /** Without commas: they part the modules that Xen is given. */
    private static final String KERNEL = "console=hvc0 quiet loglevel=4 mitigations=off net.ifnames=0";

    List<String> command() {
        return List.of(
                "qemu-system-x86_64",
                "-name",
                "lpm-lab-h" + number,
                "-machine",
                "q35",
                "-accel",
                "tcg,thread=multi,tb-size=" + TRANSLATION_CACHE_MIB,
                "-cpu",
                PROCESSOR,
                "-smp",
                "1",
                "-m",
                Integer.toString(memoryMib),
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-no-reboot",
                "-kernel",
                image.xen().toString(),
                "-append",
                hypervisor(),
                "-initrd",
                image.kernel() + " " + KERNEL + "," + image.initrd(),
                "-drive",
                "file=" + image.disk() + ",format=raw,if=none,id=root,snapshot=on,cache=unsafe",
                "-device",
                "virtio-blk-pci,drive=root,addr=0x4",
                "-drive",
                "file=" + settings() + ",format=raw,if=none,id=settings,readonly=on",
                "-device",
                "virtio-blk-pci,drive=settings,addr=0x5",
                "-netdev",
                "tap,id=net,ifname=" + LabNetwork.tap(number) + ",script=no,downscript=no",
                "-device",
                "virtio-net-pci,netdev=net,mac=" + mac() + ",romfile=,addr=0x6",
                "-serial",
                "file:" + console(),
                "-qmp",
                "unix:" + control() + ",server=on,wait=off");
    }

    private static String hypervisor() {
        int dom0 = LabOptions.DOM0_MIB;
        return "console=com1 com1=115200,8n1 dom0_max_vcpus=1 dom0_mem=" + dom0 + "M,max:" + dom0 + "M"
                + " loglvl=warning guest_loglvl=warning noreboot sched=credit spec-ctrl=no xpti=0";
    }

    private String mac() {
        return String.format(Locale.ROOT, "52:54:00:77:00:%02x", number);
    }

    Path console() {
        return folder.resolve("console.log");
    }

    Path control() {
        return folder.resolve("qmp.sock");
    }

    Path settings() {
        return folder.resolve("settings");
    }
}
