package lpm.xenlab;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How one host is emulated. An AMD processor with nested paging, since guests are PVH; without rdtscp, which kills such
 * a guest under emulation.
 */
record QemuArguments(Image image, Path folder, int number, int memoryMib) {
    private static final String PROCESSOR = "Opteron_G3,+svm,+npt,-rdtscp";
    private static final int TRANSLATION_CACHE_MIB = 256;

    /** Without commas: they part the modules that Xen is given. */
    private static final String KERNEL = "console=hvc0 quiet loglevel=4 mitigations=off net.ifnames=0";

    private static final String OPTIONS = """
                -name lpm-lab-h%d
                -machine q35
                -accel tcg,thread=multi,tb-size=%d
                -cpu %s
                -smp 1
                -m %d
                -nodefaults
                -no-user-config
                -display none
                -no-reboot
                -kernel %s
                -append %s
                -initrd %s
                -drive file=%s,format=raw,if=none,id=root,snapshot=on,cache=unsafe
                -device virtio-blk-pci,drive=root,addr=0x4
                -drive file=%s,format=raw,if=none,id=settings,readonly=on
                -device virtio-blk-pci,drive=settings,addr=0x5
                -netdev tap,id=net,ifname=%s,script=no,downscript=no
                -device virtio-net-pci,netdev=net,mac=%s,romfile=,addr=0x6
                -device virtio-serial-pci,addr=0x7
                -chardev file,id=watch,path=%s
                -device virtserialport,chardev=watch,name=watch
                -serial file:%s
                -qmp unix:%s,server=on,wait=off
                """;

    List<String> command() {
        String options = OPTIONS.formatted(
                number,
                TRANSLATION_CACHE_MIB,
                PROCESSOR,
                memoryMib,
                image.xen(),
                hypervisor(),
                image.kernel() + " " + KERNEL + "," + image.initrd(),
                image.disk(),
                settings(),
                LabNetwork.tap(number),
                mac(),
                watch(),
                console(),
                control());
        return Stream.concat(
                        Stream.of("qemu-system-x86_64"), options.lines().flatMap(line -> Stream.of(line.split(" ", 2))))
                .toList();
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

    /** What the witness in dom0 writes. */
    Path watch() {
        return folder.resolve("watch.log");
    }

    Path control() {
        return folder.resolve("qmp.sock");
    }

    Path settings() {
        return folder.resolve("settings");
    }
}
