package lpm.hostagent.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import lpm.platform.json.Json;

/** The journal as one append-only file: a line is one append, so all of its entries survive or none. */
public final class FileJournal implements Journal, AutoCloseable {
    /** Lines after which the file is written anew with what still matters. */
    static final int COMPACT_AFTER_LINES = 2_000;

    private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};
    private static final ObjectReader READER = Json.MAPPER.readerFor(ENTRIES);
    private static final ObjectWriter WRITER = Json.MAPPER.writerFor(ENTRIES);

    private final JournalState state = new JournalState();
    private final LineFile file;
    private int lines;

    public FileJournal(Path path) {
        LineFile.Opened opened = LineFile.open(path);
        this.file = opened.file();
        this.lines = opened.lines().size();
        opened.lines().forEach(each -> read(each).forEach(state::apply));
    }

    @Override
    public JournalState state() {
        return state;
    }

    @Override
    public void append(Instant now, List<Entry> entries) {
        // What was sent or read is only sent or read again when it is lost.
        boolean durable = entries.stream().anyMatch(each -> !(each instanceof Entry.SentTo));
        file.append(write(entries), durable);
        entries.forEach(state::apply);
        lines++;
        if (lines > COMPACT_AFTER_LINES) {
            file.replace(List.of(write(state.compacted(now))));
            lines = 1;
        }
    }

    /** Throws {@link java.io.UncheckedIOException} while what the next orders leave behind could not be kept. */
    public void proveRoom() {
        file.proveRoom();
    }

    @Override
    public void close() {
        file.close();
    }

    private static String write(List<Entry> entries) {
        try {
            return WRITER.writeValueAsString(entries);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written to the journal: " + entries, e);
        }
    }

    private static List<Entry> read(String line) {
        try {
            return READER.readValue(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sound line of the journal cannot be read", e);
        }
    }
}
