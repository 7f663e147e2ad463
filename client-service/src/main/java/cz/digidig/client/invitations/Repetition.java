package cz.digidig.client.invitations;

import biweekly.component.VEvent;
import biweekly.property.RecurrenceRule;
import biweekly.util.ByDay;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;

/** How an event repeats, in words where it is simple. */
record Repetition(MessageSource messages, EventTimes times, Locale language) {
    private static final Set<Frequency> SIMPLE =
            Set.of(Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY, Frequency.YEARLY);

    /** Empty: it does not. */
    String of(VEvent event) {
        List<RecurrenceRule> rules = event.getProperties(RecurrenceRule.class);
        boolean dates = !event.getRecurrenceDates().isEmpty();
        if (rules.isEmpty()) {
            return dates ? word("invitation.repeats") : "";
        }
        Recurrence rule = rules.getFirst().getValue();
        if (rules.size() > 1 || dates || rule == null || !isSimple(rule)) {
            return word("invitation.repeats");
        }
        int interval = rule.getInterval() == null ? 1 : Math.max(1, rule.getInterval());
        String every = word("invitation.every." + rule.getFrequency().name().toLowerCase(Locale.ROOT), interval);
        String days = rule.getByDay().stream()
                .map(day -> times.day(DayOfWeek.valueOf(day.getDay().name())))
                .collect(Collectors.joining(", "));
        return every + (days.isEmpty() ? "" : ": " + days) + end(rule);
    }

    private String end(Recurrence rule) {
        ICalDate until = rule.getUntil();
        if (until != null) {
            try {
                return ", " + word("invitation.until", times.date(until));
            } catch (DateTimeException impossible) {
                return "";
            }
        }
        return rule.getCount() == null ? "" : ", " + word("invitation.times", rule.getCount());
    }

    /** Nothing that its first day does not say already, but days of the week. */
    private static boolean isSimple(Recurrence rule) {
        boolean weekly = rule.getFrequency() == Frequency.WEEKLY;
        boolean days = rule.getByDay().stream().map(ByDay::getNum).allMatch(number -> weekly && number == null);
        return rule.getFrequency() != null
                && SIMPLE.contains(rule.getFrequency())
                && days
                && rule.getByMonthDay().size() <= (weekly ? 0 : 1)
                && rule.getByMonth().size() <= (rule.getFrequency() == Frequency.YEARLY ? 1 : 0)
                && rule.getByYearDay().isEmpty()
                && rule.getByWeekNo().isEmpty()
                && rule.getBySetPos().isEmpty()
                && rule.getByHour().isEmpty()
                && rule.getByMinute().isEmpty()
                && rule.getBySecond().isEmpty()
                && rule.getXRules().isEmpty();
    }

    private String word(String key, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }
}
