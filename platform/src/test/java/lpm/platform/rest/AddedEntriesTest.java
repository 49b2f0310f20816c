package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddedEntriesTest {
    @TempDir
    Path folder;

    record Entry(String id, long size) {}

    @Test
    void nothingIsAddedWhereNothingIsConfigured() {
        assertThat(AddedEntries.read(Optional.empty(), "images", Entry.class)).isEmpty();
        assertThat(AddedEntries.read(Optional.of(""), "images", Entry.class)).isEmpty();
        assertThat(AddedEntries.read(Optional.of(folder.toString()), "images", Entry.class))
                .isEmpty();
    }

    @Test
    void entriesMayHaveFieldsThatOnlyOthersRead() throws Exception {
        Files.writeString(folder.resolve("images.json"), "[{\"id\": \"lab/busybox\", \"size\": 64, \"more\": true}]");
        assertThat(AddedEntries.read(Optional.of(folder.toString()), "images", Entry.class))
                .isEqualTo(List.of(new Entry("lab/busybox", 64)));
    }

    @Test
    void whatCannotBeReadIsToldInOneSentence() throws Exception {
        Path file = Files.writeString(folder.resolve("images.json"), "{\"id\": 1");
        assertThatThrownBy(() -> AddedEntries.read(Optional.of(folder.toString()), "images", Entry.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LPM_CATALOGUE needs a JSON list of images in " + file)
                .hasMessageEndingWith("correct the file.")
                .message()
                .hasLineCount(1);
        assertThatThrownBy(() -> AddedEntries.read(Optional.of(file.toString()), "images", Entry.class))
                .hasMessageContaining("must name a folder");
    }
}
