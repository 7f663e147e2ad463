package cz.digidig.client.invitations;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Attendee;
import biweekly.property.RecurrenceId;
import java.time.Instant;
import java.util.Date;

/** An answer to an invitation (RFC 5546 §3.2.3): which event, and what the one who was invited says. Nothing else of it is repeated. */
final class Reply {
    private Reply() {}

    /** The calendar that says it. */
    static String of(Received received, Attendee invited, Answer answer, Instant now) {
        VEvent asked = received.main();
        VEvent event = new VEvent();
        event.setUid(asked.getUid());
        event.setDateTimeStamp(Date.from(now));
        event.setSequence(asked.getSequence());
        event.setOrganizer(asked.getOrganizer());
        Attendee attendee = new Attendee(invited);
        attendee.setRsvp(null);
        attendee.setParticipationStatus(answer.status());
        event.addAttendee(attendee);
        ICalendar calendar = new ICalendar();
        calendar.setVersion(ICalVersion.V2_0);
        calendar.setProductId("-//DIGiDIG//Webmail//EN");
        calendar.setMethod("REPLY");
        RecurrenceId one = asked.getRecurrenceId();
        if (one != null) {
            event.setRecurrenceId(one);
            // In the zone that it came in, which is written along.
            calendar.setTimezoneInfo(received.calendar().getTimezoneInfo());
        }
        calendar.addEvent(event);
        return Biweekly.write(calendar).go();
    }
}
