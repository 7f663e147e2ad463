package cz.digidig.admin.backup;

import cz.digidig.admin.backend.Moments;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A backup that the agent knows.
 *
 * @param name of its file: {@code digidig-backup-20261124T030000Z.tar}
 * @param created when it was begun
 * @param part the service whose data alone it has; empty: all data
 * @param octets its size
 * @param release which wrote it
 * @param verifiedAt when it was found whole; null: it was not looked at
 */
record Archive(
        String name,
        Instant created,
        String part,
        long octets,
        String release,
        @Nullable Instant verifiedAt) {
    private static final Pattern NAME = Pattern.compile("digidig-backup-(\\d{8}T\\d{6})Z(?:-([a-z]{1,20}))?\\.tar");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    /** Empty for what has no name of an archive. */
    static Optional<Archive> of(JsonNode archive) {
        String name = archive.path("name").asString("");
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Archive(
                    name,
                    LocalDateTime.parse(parts.group(1), STAMP).toInstant(ZoneOffset.UTC),
                    parts.group(2) == null ? "" : parts.group(2),
                    archive.path("octets").asLong(0),
                    archive.path("release").asString(""),
                    Moments.of(archive.path("verifiedAt"))));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
