package cz.digidig.common.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of what lies in a data folder, as a number in its file {@code data-format}, with the release that gave it that
 * form. A folder without the file has format 1.
 */
final class DataFormat {
    static final String FILE = "data-format";
    private static final int FIRST = 1;
    private static final Pattern LINE = Pattern.compile("(\\d{1,9}) (\\S{1,100})\\s*");

    private final Path folder;
    private final String release;
    private final List<DataUpgrade> upgrades;

    /**
     * Nothing is read yet.
     *
     * @param release this program's
     * @param upgrades those that it knows, in any order
     */
    DataFormat(Path folder, String release, List<DataUpgrade> upgrades) {
        this.folder = folder;
        this.release = release;
        this.upgrades = upgrades.stream()
                .sorted(Comparator.comparingInt(DataUpgrade::format))
                .toList();
    }

    private record Mark(int format, String release) {}

    /**
     * Brings the folder to the newest format that this program knows, a step at a time, each noted when it is done.
     *
     * @throws NewerData it has a newer one; nothing was changed
     * @throws UnusableFolder an upgrade failed, or the mark can't be read; it is as it was before that step
     */
    void bringUp() {
        Mark mark = read();
        int known = upgrades.isEmpty() ? FIRST : upgrades.getLast().format();
        if (mark.format() > known) {
            throw new NewerData(
                    "the data in " + folder, Integer.toString(mark.format()), mark.release(), Integer.toString(known));
        }
        if (!Files.exists(folder.resolve(FILE))) {
            write(mark);
        }
        for (DataUpgrade upgrade : upgrades) {
            if (upgrade.format() > mark.format()) {
                try {
                    upgrade.upgrade(folder);
                } catch (IOException failed) {
                    throw UnusableFolder.notUpgraded(folder, upgrade.format(), failed);
                }
                write(new Mark(upgrade.format(), release));
            }
        }
    }

    private Mark read() {
        try {
            String text = Files.readString(folder.resolve(FILE));
            Matcher line = LINE.matcher(text);
            if (!line.matches()) {
                throw UnusableFolder.badMark(folder.resolve(FILE));
            }
            return new Mark(Integer.parseInt(line.group(1)), line.group(2));
        } catch (NoSuchFileException _) {
            return new Mark(FIRST, release);
        } catch (IOException unreadable) {
            throw UnusableFolder.badMark(folder.resolve(FILE));
        }
    }

    private void write(Mark mark) {
        Path file = folder.resolve(FILE);
        Path temporary = folder.resolve(FILE + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                String line = mark.format() + " " + mark.release() + "\n";
                channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        } catch (IOException failed) {
            throw UnusableFolder.notUpgraded(folder, mark.format(), failed);
        }
    }
}
