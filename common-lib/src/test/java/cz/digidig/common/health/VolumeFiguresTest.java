package cz.digidig.common.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeFiguresTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void filesAreCountedOnceAMinute(@TempDir Path folder) throws IOException {
        Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
        VolumeFigures figures = new VolumeFigures(folder, clock);
        Files.write(Files.createDirectories(folder.resolve("a/b")).resolve("c"), new byte[1000]);
        Files.write(folder.resolve("d"), new byte[24]);
        VolumeFigures.Volume first = (VolumeFigures.Volume) figures.stats();
        assertThat(first.used()).isEqualTo(1024);
        assertThat(first.free()).isBetween(1L, first.total());
        Files.write(folder.resolve("e"), new byte[1]);
        assertThat(((VolumeFigures.Volume) figures.stats()).used()).isEqualTo(1024);
        now = now.plusSeconds(60);
        assertThat(((VolumeFigures.Volume) figures.stats()).used()).isEqualTo(1025);
    }
}
