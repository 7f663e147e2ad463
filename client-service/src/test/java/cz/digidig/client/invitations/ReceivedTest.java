package cz.digidig.client.invitations;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.property.Attendee;
import cz.digidig.client.invitations.Invitation.Event;
import cz.digidig.client.invitations.Invitation.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Calendars as programs write them, and as nobody should. */
class ReceivedTest {
    private static final String OUTLOOK_ZONE = """
            BEGIN:VTIMEZONE
            TZID:Central Europe Standard Time
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE
            """;
    private static final String PEOPLE = """
            ORGANIZER;CN=Bob Boss:mailto:bob@example.org
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Alice;X-NUM-GUESTS=0:mailto:Alice@digidig.test
            ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:carol@example.org
            """;

    private static String calendar(String method, String event) {
        return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\nMETHOD:" + method + "\n" + OUTLOOK_ZONE
                + "BEGIN:VEVENT\nUID:1@example.org\nSEQUENCE:3\nSUMMARY:Lunch\n" + event
                + "END:VEVENT\nEND:VCALENDAR\n";
    }

    private static Invitation shown(String text, Locale language) {
        Received received = Received.read(text).orElseThrow();
        ResourceBundleMessageSource words = new ResourceBundleMessageSource();
        words.setBasename("messages/pages");
        words.setDefaultEncoding(StandardCharsets.UTF_8.name());
        words.setFallbackToSystemLocale(false);
        EventTimes times =
                new EventTimes(received.calendar().getTimezoneInfo(), ZoneId.of("America/New_York"), language);
        return received.shown(
                times,
                new Repetition(words, times, language),
                "alice@digidig.test"::equalsIgnoreCase,
                Optional.of(Answer.DECLINED));
    }

    private static Event event(String lines) {
        return shown(calendar("REQUEST", lines), Locale.ENGLISH).events().getFirst();
    }

    @Test
    void anInvitationNamesWhenWhereAndWho() {
        Invitation shown = shown(
                calendar(
                        "REQUEST",
                        "DTSTART;TZID=Central Europe Standard Time:20260703T140000\n"
                                + "DTEND;TZID=Central Europe Standard Time:20260703T150000\n"
                                + "LOCATION:https://meet.example.org/a<b>\nDESCRIPTION:One\\nTwo <script>\n" + PEOPLE),
                Locale.ENGLISH);
        Event event = shown.events().getFirst();
        assertThat(shown.kind()).isEqualTo(Kind.REQUEST);
        assertThat(shown.answerable()).isTrue();
        assertThat(shown.given()).isEqualTo(Answer.DECLINED);
        assertThat(event.title()).isEqualTo("Lunch");
        assertThat(event.when()).isEqualTo("Friday, July 3, 2026, 8:00\u202fAM – 9:00\u202fAM EDT");
        assertThat(event.where())
                .startsWith("<a href=\"https://meet.example.org/a\"")
                .contains("&lt;b&gt;");
        assertThat(event.notes()).isEqualTo("One\nTwo &lt;script&gt;");
        assertThat(event.organiser()).isEqualTo(new Invitation.Party("Bob Boss", "bob@example.org", null));
        assertThat(event.parties())
                .containsExactly(
                        new Invitation.Party("Alice", "Alice@digidig.test", null),
                        new Invitation.Party("carol@example.org", "carol@example.org", Answer.ACCEPTED));
        assertThat(event.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DTSTART:20260703T120000Z\\nDURATION:PT90M            | Friday, July 3, 2026, 8:00 AM – 9:30 AM EDT
                    DTSTART;TZID=Europe/Prague:20260703T010000         | Thursday, July 2, 2026, 7:00 PM EDT
                    DTSTART:20260703T120000                            | Friday, July 3, 2026, 12:00 PM
                    DTSTART;TZID=Nowhere:20260703T120000               | Friday, July 3, 2026, 12:00 PM Nowhere
                    DTSTART;VALUE=DATE:20260703                        | Friday, July 3, 2026
                    DTSTART;VALUE=DATE:20260703\\nDTEND;VALUE=DATE:20260705 | Friday, July 3, 2026 – Saturday, July 4, 2026
                    DTSTART:20260703T230000Z\\nDTEND:20260704T050000Z   | Friday, July 3, 2026, 7:00 PM – Saturday, July 4, 2026, 1:00 AM EDT
                    """)
    void timesAreThoseOfTheReader(String lines, String words) {
        assertThat(event(lines.replace("\\n", "\n") + "\n").when().replace('\u202f', ' '))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FREQ=DAILY                              | Every day
                    FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE      | Every 2 weeks: Monday, Wednesday
                    FREQ=MONTHLY;COUNT=12                   | Every month, 12 times
                    FREQ=YEARLY;UNTIL=20300703T120000Z      | Every year, until Wednesday, July 3, 2030
                    FREQ=MONTHLY;BYDAY=2TU                  | Repeats
                    FREQ=SECONDLY                           | Repeats
                    FREQ=DAILY;BYHOUR=9,10                  | Repeats
                    """)
    void whatRepeatsSimplyIsSaidInWords(String rule, String words) {
        assertThat(event("DTSTART:20260703T120000Z\nRRULE:" + rule + "\n").repeats())
                .isEqualTo(words);
    }

    @Test
    void onlyWhoIsInvitedBySomebodyElseIsAsked() {
        String event = "DTSTART:20260703T120000Z\n";
        assertThat(shown(calendar("REQUEST", event + PEOPLE.replace("Alice@", "eve@")), Locale.ENGLISH)
                        .answerable())
                .isFalse();
        assertThat(shown(
                                calendar("REQUEST", event + PEOPLE.replace("bob@example.org", "alice@digidig.test")),
                                Locale.ENGLISH)
                        .answerable())
                .isFalse();
        assertThat(shown(calendar("CANCEL", event + PEOPLE), Locale.ENGLISH).answerable())
                .isFalse();
        assertThat(shown(calendar("REQUEST", event + PEOPLE).replace("METHOD:REQUEST\n", ""), Locale.ENGLISH)
                        .kind())
                .isEqualTo(Kind.PUBLISH);
    }

    @Test
    void anAnswerSaysWhoGivesIt() {
        Invitation shown = shown(
                calendar("REPLY", "ATTENDEE;CN=Carol;PARTSTAT=TENTATIVE:mailto:carol@example.org\n"), Locale.ENGLISH);
        assertThat(shown.kind()).isEqualTo(Kind.REPLY);
        assertThat(shown.from()).isEqualTo(new Invitation.Party("Carol", "carol@example.org", Answer.TENTATIVE));
    }

    @Test
    void theReplyNamesTheEventAndTheOneWhoAnswers() {
        Received received = Received.read(calendar(
                        "REQUEST",
                        "DTSTART;TZID=Central Europe Standard Time:20260703T140000\n"
                                + "RECURRENCE-ID;TZID=Central Europe Standard Time:20260703T130000\n" + PEOPLE))
                .orElseThrow();
        Attendee invited =
                received.invited("alice@digidig.test"::equalsIgnoreCase).orElseThrow();
        String reply = Reply.of(received, invited, Answer.TENTATIVE, Instant.parse("2026-07-01T10:00:00Z"))
                .replaceAll("\r\n ", "");
        assertThat(reply.lines())
                .contains(
                        "METHOD:REPLY",
                        "UID:1@example.org",
                        "SEQUENCE:3",
                        "DTSTAMP:20260701T100000Z",
                        "RECURRENCE-ID;TZID=Central Europe Standard Time:20260703T130000",
                        "ORGANIZER;CN=Bob Boss:mailto:bob@example.org")
                .filteredOn(line -> line.startsWith("ATTENDEE"))
                .singleElement()
                .asString()
                .contains("PARTSTAT=TENTATIVE", "CN=Alice", "ROLE=REQ-PARTICIPANT", ":mailto:Alice@digidig.test")
                .doesNotContain("RSVP");
        assertThat(reply).contains("TZID:Central Europe Standard Time").doesNotContain("SUMMARY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "BEGIN:VCALENDAR",
                "BEGIN:VCALENDAR\nEND:VCALENDAR",
                "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\nEND:VTODO\nEND:VCALENDAR"
            })
    void whatIsNoEventIsNotShown(String text) {
        assertThat(Received.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DTSTART:never",
                "DTSTART:99999999T999999",
                "DTSTART;VALUE=DATE:20260231",
                "DTSTART:20260703T120000Z\nDURATION:P99999999999W",
                "DTSTART:20260703T120000Z\nDURATION:PT",
                "DTSTART:20260703T120000Z\nRRULE:FREQ=SOMETIMES;INTERVAL=-1;COUNT=x",
                "DTSTART:20260703T120000Z\nRRULE:FREQ=DAILY;UNTIL=00000000",
                "ATTENDEE:\nORGANIZER:\nATTENDEE;PARTSTAT=:x\nUID:",
                "SUMMARY;LANGUAGE=\"\u0000:\u0001x",
                ":\n;;;\n=\nX"
            })
    void brokenEventsAreShownAsFarAsTheyCanBeRead(String lines) {
        String text = calendar("REQUEST", lines + "\n");
        Received.read(text).ifPresent(_ -> shown(text, Locale.forLanguageTag("cs")));
    }

    @Test
    void noCalendarKeepsThePageWaiting() {
        Instant start = Instant.now();
        String zone = "BEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nDTSTART:00010101T000000\nTZOFFSETFROM:+0200\n"
                + "TZOFFSETTO:+0100\nRRULE:%s\nEND:STANDARD\nEND:VTIMEZONE\n";
        String zones = zone.formatted("FREQ=SECONDLY")
                + zone.formatted("FREQ=YEARLY;BYMONTH=1;BYSECOND=1,2,3;BYMINUTE=1,2")
                + zone.formatted("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").repeat(100);
        String text = "BEGIN:VCALENDAR\nMETHOD:REQUEST\n" + zones + "BEGIN:VEVENT\nDTSTART;TZID=Z:99991231T000000\n"
                + "RRULE:FREQ=SECONDLY\n" + "EXDATE;TZID=Z:99990101T000000\n".repeat(3000)
                + "ATTENDEE:mailto:a@b\n".repeat(3000) + "END:VEVENT\nEND:VCALENDAR\n";
        Received.read(text).ifPresent(_ -> assertThat(
                        shown(text, Locale.ENGLISH).events().getFirst().others())
                .isEqualTo(2950));
        assertThat(Received.read("BEGIN:A\n".repeat(30_000))).isEmpty();
        assertThat(Received.read("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nEND:VEVENT\n".repeat(5000)))
                .isEmpty();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Property(tries = 100)
    void nothingThatIsWrittenBreaksIt(@ForAll String noise, @ForAll int at) {
        String text = calendar("REQUEST", "DTSTART;TZID=Central Europe Standard Time:20260703T140000\n" + PEOPLE);
        int place = Math.floorMod(at, text.length());
        String broken =
                text.substring(0, place) + noise + text.substring(Math.min(text.length(), place + noise.length()));
        Received.read(broken).ifPresent(_ -> shown(broken, Locale.ENGLISH));
    }
}
