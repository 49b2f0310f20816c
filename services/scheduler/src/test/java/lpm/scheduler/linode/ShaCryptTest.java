package lpm.scheduler.linode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShaCryptTest {
    /** What libcrypt makes of the same words: empty, short, not ASCII, and longer than a digest. */
    @ParameterizedTest
    @CsvSource({
        "Hello world!,saltstring,"
                + "svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
        "'',abcdefghijklmnop,6.vC8ffobuN7AxcHvesxeeksF2DXFfpYyFt3PFU8pYpEQPhWFSN7hwaUQRfHg/LkfB3jIPEitUcU7ZTqjaQUp1",
        "p\u00e4ssw\u00f6rd,./azAZ09,"
                + "IvGbxDHfwNwyBsIKgAWGtojVzRDqrnoA0hVjUynGjmwAhZUokbSsCV3EwtQIhTO//QPhZrmLXXGrd7llGqE9I0",
        "0123456789012345678901234567890123456789012345678901234567890123456789,abcdefgh,"
                + "pBXMnwKPVnqDTsKs3ev7kON9yfv4T9quCG6mo98Wwqe57HLfCaibDhigOLXSLQfOqNkN4F9gandq7E5DHi9/Z1"
    })
    void agreesWithLibcrypt(String password, String salt, String hash) {
        assertThat(ShaCrypt.hash(password, salt)).isEqualTo("$6$" + salt + "$" + hash);
    }
}
