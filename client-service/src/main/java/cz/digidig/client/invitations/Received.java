package cz.digidig.client.invitations;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Attendee;
import biweekly.property.Organizer;
import biweekly.property.TextProperty;
import biweekly.property.Uid;
import cz.digidig.client.invitations.Invitation.Event;
import cz.digidig.client.invitations.Invitation.Kind;
import cz.digidig.client.invitations.Invitation.Party;
import cz.digidig.client.links.LinkedText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A calendar that came, with one event at least. */
record Received(ICalendar calendar) {
    private static final int LONGEST_LINE = 500;
    private static final int LONGEST_NOTES = 8000;

    /** Reads one; empty: it can't be read, or is of no event. */
    static Optional<Received> read(String text) {
        return CalendarText.read(text)
                .filter(calendar -> !calendar.getEvents().isEmpty())
                .map(Received::new);
    }

    Kind kind() {
        String method = calendar.getMethod() == null ? "" : text(calendar.getMethod());
        return switch (method.toUpperCase(Locale.ROOT)) {
            case "REQUEST" -> Kind.REQUEST;
            case "CANCEL" -> Kind.CANCEL;
            case "REPLY" -> Kind.REPLY;
            case "COUNTER" -> Kind.COUNTER;
            default -> Kind.PUBLISH;
        };
    }

    /** The one that an answer is to: all of its repetitions, where they are among the events. */
    VEvent main() {
        List<VEvent> events = calendar.getEvents();
        return events.stream()
                .filter(event -> event.getRecurrenceId() == null)
                .findFirst()
                .orElseGet(events::getFirst);
    }

    /**
     * Who of the main event can answer: invited, by somebody else who can be answered.
     *
     * @param own whether an address is the reader's
     */
    Optional<Attendee> invited(Predicate<String> own) {
        Uid uid = main().getUid();
        String organiser = address(main().getOrganizer());
        return kind() != Kind.REQUEST
                        || organiser.isEmpty()
                        || own.test(organiser)
                        || uid == null
                        || text(uid).isEmpty()
                ? Optional.empty()
                : main().getAttendees().stream()
                        .filter(one -> own.test(address(one)))
                        .findFirst();
    }

    /**
     * What its reader sees of it.
     *
     * @param own whether an address is the reader's
     * @param given what the reader answered
     */
    Invitation shown(EventTimes times, Repetition repetition, Predicate<String> own, Optional<Answer> given) {
        List<VEvent> events = calendar.getEvents();
        Kind kind = kind();
        boolean answered = kind == Kind.REPLY || kind == Kind.COUNTER;
        boolean answerable = invited(own).isPresent();
        return new Invitation(
                kind,
                events.stream()
                        .limit(Invitation.MOST_EVENTS)
                        .map(event -> event(event, times, repetition))
                        .toList(),
                Math.max(0, events.size() - Invitation.MOST_EVENTS),
                answered
                        ? main().getAttendees().stream()
                                .findFirst()
                                .map(Received::party)
                                .orElse(null)
                        : null,
                answerable,
                answerable ? given.orElse(null) : null);
    }

    private static Event event(VEvent event, EventTimes times, Repetition repetition) {
        List<Attendee> attendees = event.getAttendees();
        Organizer organiser = event.getOrganizer();
        return new Event(
                title(event),
                times.of(event),
                repetition.of(event),
                LinkedText.html(line(event.getLocation())),
                organiser == null
                        ? null
                        : new Party(name(organiser.getCommonName(), address(organiser)), address(organiser), null),
                attendees.stream()
                        .limit(Invitation.MOST_PARTIES)
                        .map(Received::party)
                        .toList(),
                attendees.stream()
                        .filter(one -> party(one).answer() == Answer.ACCEPTED)
                        .count(),
                Math.max(0, attendees.size() - Invitation.MOST_PARTIES),
                LinkedText.html(cut(text(event.getDescription()).replace("\r\n", "\n"), LONGEST_NOTES)));
    }

    static String title(VEvent event) {
        return line(event.getSummary());
    }

    private static Party party(Attendee attendee) {
        String address = address(attendee);
        return new Party(
                name(attendee.getCommonName(), address),
                address,
                Answer.of(attendee.getParticipationStatus()).orElse(null));
    }

    private static String name(@Nullable String name, String address) {
        return name == null || name.isBlank() ? address : oneLine(name);
    }

    /** Empty: none, or no mail address. */
    static String address(@Nullable Organizer organiser) {
        return organiser == null ? "" : address(organiser.getEmail(), organiser.getUri());
    }

    static String address(Attendee attendee) {
        return address(attendee.getEmail(), attendee.getUri());
    }

    private static String address(@Nullable String email, @Nullable String uri) {
        String found = "";
        if (email != null) {
            found = email;
        } else if (uri != null && uri.regionMatches(true, 0, "mailto:", 0, 7)) {
            found = uri.substring(7);
        }
        return found.strip().matches("[^\\s@<>,;:\"\\p{Cntrl}]{1,64}@[^\\s@<>,;:\"\\p{Cntrl}]{1,255}")
                ? found.strip()
                : "";
    }

    private static String line(@Nullable TextProperty property) {
        return oneLine(text(property));
    }

    private static String text(@Nullable TextProperty property) {
        String value = property == null ? null : property.getValue();
        return value == null ? "" : value.strip();
    }

    private static String oneLine(String text) {
        return cut(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), LONGEST_LINE);
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) + "…" : text;
    }
}
