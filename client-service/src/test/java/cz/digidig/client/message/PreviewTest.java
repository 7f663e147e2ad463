package cz.digidig.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewTest {
    @ParameterizedTest
    @CsvSource({
        "image/png, x.png, PICTURE",
        "image/svg+xml, x.svg, NONE",
        "application/pdf, x, PDF",
        "application/octet-stream, X.PDF, PDF",
        "application/octet-stream, app.log, TEXT",
        "application/octet-stream, page.html, NONE",
        "text/csv, x.csv, TEXT",
        "text/markdown, '', TEXT",
        "text/html, x.txt, NONE",
        "text/calendar, x.ics, NONE",
        "application/json, x, TEXT",
        "application/zip, x.txt, NONE"
    })
    void aPartIsShownAsWhatItIs(String type, String name, Preview preview) {
        assertThat(Preview.of(type, name)).isEqualTo(preview);
    }
}
