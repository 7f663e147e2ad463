package cz.digidig.common.api.storage;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.LocalDate;
import java.util.List;

/** What a search looks for (RFC 9051 §6.4.4), sequence numbers already made UIDs. Text is matched case-insensitively. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SearchKey.All.class, name = "all"),
    @JsonSubTypes.Type(value = SearchKey.And.class, name = "and"),
    @JsonSubTypes.Type(value = SearchKey.Or.class, name = "or"),
    @JsonSubTypes.Type(value = SearchKey.Not.class, name = "not"),
    @JsonSubTypes.Type(value = SearchKey.Uids.class, name = "uids"),
    @JsonSubTypes.Type(value = SearchKey.Flag.class, name = "flag"),
    @JsonSubTypes.Type(value = SearchKey.Header.class, name = "header"),
    @JsonSubTypes.Type(value = SearchKey.Body.class, name = "body"),
    @JsonSubTypes.Type(value = SearchKey.Text.class, name = "text"),
    @JsonSubTypes.Type(value = SearchKey.Received.class, name = "received"),
    @JsonSubTypes.Type(value = SearchKey.Sent.class, name = "sent"),
    @JsonSubTypes.Type(value = SearchKey.Larger.class, name = "larger"),
    @JsonSubTypes.Type(value = SearchKey.Smaller.class, name = "smaller"),
    @JsonSubTypes.Type(value = SearchKey.ModSeq.class, name = "modSeq")
})
public sealed interface SearchKey {
    /** Every message. */
    record All() implements SearchKey {}

    /** All of the keys. */
    record And(List<SearchKey> keys) implements SearchKey {}

    /** At least one of the keys. */
    record Or(List<SearchKey> keys) implements SearchKey {}

    record Not(SearchKey key) implements SearchKey {}

    /** By UID, a set in text form. */
    record Uids(String uids) implements SearchKey {}

    /** Has a flag or keyword, by IMAP name. */
    record Flag(String name) implements SearchKey {}

    /**
     * A header field holds a text; also FROM, TO, CC, BCC and SUBJECT.
     *
     * @param name the field's name
     * @param value looked for in the decoded value; empty: the field is there
     */
    record Header(String name, String value) implements SearchKey {}

    /** In the decoded text of the body. */
    record Body(String value) implements SearchKey {}

    /** In the headers or the body. */
    record Text(String value) implements SearchKey {}

    /** By INTERNALDATE, the day alone, UTC. */
    record Received(DateTest test, LocalDate date) implements SearchKey {}

    /** By the Date field, the day alone, as written there. */
    record Sent(DateTest test, LocalDate date) implements SearchKey {}

    /** More octets than this. */
    record Larger(long size) implements SearchKey {}

    /** Fewer octets than this. */
    record Smaller(long size) implements SearchKey {}

    /** A mod-sequence of at least this (RFC 7162 §3.1.5). */
    record ModSeq(long atLeast) implements SearchKey {}

    /** How a date is compared. */
    enum DateTest {
        BEFORE,
        ON,
        SINCE
    }
}
