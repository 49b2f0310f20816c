package lpm.hostagent.disks.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import lpm.contracts.PoolId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolsConfigTest {
    @Test
    void readsSeveralPools() {
        PoolsConfig read = PoolsConfig.parse("a=rbd:/etc/ceph/ceph.conf:vms, b=dir:/srv/b,c=netfs:/mnt/c");
        assertThat(read.ids()).containsExactly(PoolId.of("a"), PoolId.of("b"), PoolId.of("c"));
        assertThat(read.pools().values())
                .containsExactly(
                        new PoolSetting.Rbd(Path.of("/etc/ceph/ceph.conf"), "vms"),
                        new PoolSetting.Dir(Path.of("/srv/b")),
                        new PoolSetting.NetFs(Path.of("/mnt/c")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|there is no =",
                "a|there is no =",
                "a=zfs:/x|there is no type \"zfs\"",
                "a=iscsi:x|pools of type iscsi are not served",
                "vms=dir:/x,b=rbd:/etc/ceph.conf:vms|same name as pool vms",
                "a=dir:x|must begin with /",
                "a=rbd:/etc/ceph.conf|name of a Ceph pool",
                "a=dir:/x,a=dir:/y|named twice",
                "A=dir:/x|PoolId must match",
            })
    void saysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> PoolsConfig.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LPM_POOLS: expected <pool>=rbd:")
                .hasMessageContaining(why);
    }
}
