package cz.digidig.client.invitations;

import biweekly.parameter.ParticipationStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one can answer to an invitation. It is kept as a keyword of the message, which other mail programs see too. */
public enum Answer {
    ACCEPTED("$Accepted"),
    TENTATIVE("$Tentative"),
    DECLINED("$Declined");

    private final String keyword;

    Answer(String keyword) {
        this.keyword = keyword;
    }

    ParticipationStatus status() {
        return ParticipationStatus.get(name());
    }

    String keyword() {
        return keyword;
    }

    /** As in messages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that was given. */
    static Optional<Answer> of(List<String> keywords) {
        return Arrays.stream(values())
                .filter(one -> keywords.stream().anyMatch(one.keyword::equalsIgnoreCase))
                .findFirst();
    }

    /** That of somebody who takes part; empty: none of the three. */
    static Optional<Answer> of(@Nullable ParticipationStatus status) {
        return Arrays.stream(values())
                .filter(one -> status != null && one.name().equalsIgnoreCase(status.getValue()))
                .findFirst();
    }
}
