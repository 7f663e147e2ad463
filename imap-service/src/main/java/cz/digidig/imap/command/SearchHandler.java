package cz.digidig.imap.command;

import cz.digidig.common.mailbox.UidSet;
import cz.digidig.imap.mailbox.MailboxSnapshot;
import cz.digidig.imap.mailbox.MailboxView;
import cz.digidig.imap.mailbox.MessageCache;
import cz.digidig.imap.mailbox.MessageSearch;
import cz.digidig.imap.protocol.ImapFailure.Refused;
import cz.digidig.imap.protocol.ImapResponse;
import cz.digidig.imap.protocol.MessageRef;
import cz.digidig.imap.protocol.ResponseCode;
import cz.digidig.imap.protocol.SearchCommand;
import cz.digidig.imap.protocol.SearchCommand.Result;
import cz.digidig.imap.protocol.SearchKey;
import cz.digidig.imap.session.Extension;
import cz.digidig.imap.session.Session;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** SEARCH and UID SEARCH (RFC 9051 §6.4.4, RFC 4731, RFC 5182, RFC 7162 §3.1.5). */
final class SearchHandler {
    private final MessageCache messages;
    private final Clock clock;

    SearchHandler(MessageCache messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    Completion handle(Session session, String tag, SearchCommand command) throws IOException {
        MailboxView view = session.selected().view();
        String charset = command.charset();
        if (charset != null && !MessageSearch.knowsCharset(charset)) {
            save(view, command, UidSet.EMPTY);
            throw new Refused(new ResponseCode.BadCharset(), "Unknown charset");
        }
        MessageSearch search = new MessageSearch(view, messages, clock);
        search.check(command.key());
        boolean modSeqs = tellsModSeq(command.key());
        if (modSeqs) {
            session.enable(Extension.CONDSTORE);
        }
        int[] found;
        try {
            found = search.find(command.key());
        } catch (RuntimeException failed) {
            // RFC 5182 §2.1: a failed SEARCH with SAVE leaves nothing saved.
            save(view, command, UidSet.EMPTY);
            throw failed;
        }
        Answer answer = new Answer(view.messages(), command.by(), found);
        Set<Result> returns = command.returns();
        if (returns == null && !session.isEnabled(Extension.IMAP4REV2)) {
            session.writer().write(new ImapResponse.Search(answer.numbers(), modSeqs ? answer.modSeq() : 0));
            return Completion.ok("Searched");
        }
        Set<Result> results = returns == null ? EnumSet.of(Result.ALL) : returns;
        if (results.contains(Result.SAVE)) {
            view.save(answer.saved(results));
        }
        if (results.equals(EnumSet.of(Result.SAVE))) {
            return Completion.ok("Saved");
        }
        Map<String, String> values = answer.values(results);
        if (modSeqs && found.length > 0) {
            values.put("MODSEQ", Long.toString(answer.modSeq()));
        }
        session.writer().write(new ImapResponse.Esearch(tag, command.by(), values));
        return Completion.ok("Searched");
    }

    private static void save(MailboxView view, SearchCommand command, UidSet uids) {
        Set<Result> returns = command.returns();
        if (returns != null && returns.contains(Result.SAVE)) {
            view.save(uids);
        }
    }

    private static boolean tellsModSeq(SearchKey key) {
        return switch (key) {
            case SearchKey.ModSeq _ -> true;
            case SearchKey.And and -> and.keys().stream().anyMatch(SearchHandler::tellsModSeq);
            case SearchKey.Or or -> tellsModSeq(or.one()) || tellsModSeq(or.other());
            case SearchKey.Not not -> tellsModSeq(not.key());
            default -> false;
        };
    }

    /** The messages found, as the client is to be told of them. */
    private record Answer(MailboxSnapshot messages, MessageRef by, int[] found) {
        private long number(int at) {
            return by == MessageRef.UID ? messages.row().moveTo(found[at]).uid() : found[at] + 1L;
        }

        private long[] numbers() {
            long[] numbers = new long[found.length];
            MailboxSnapshot.Row row = messages.row();
            for (int i = 0; i < found.length; i++) {
                numbers[i] = by == MessageRef.UID ? row.moveTo(found[i]).uid() : found[i] + 1L;
            }
            return numbers;
        }

        private long modSeq() {
            long highest = 0;
            MailboxSnapshot.Row row = messages.row();
            for (int index : found) {
                highest = Math.max(highest, row.moveTo(index).modSeq());
            }
            return highest;
        }

        private Map<String, String> values(Set<Result> results) {
            Map<String, String> values = new LinkedHashMap<>();
            if (found.length > 0) {
                if (results.contains(Result.MIN)) {
                    values.put("MIN", Long.toString(number(0)));
                }
                if (results.contains(Result.MAX)) {
                    values.put("MAX", Long.toString(number(found.length - 1)));
                }
                if (results.contains(Result.ALL)) {
                    values.put("ALL", UidSet.of(numbers()).toString());
                }
            }
            if (results.contains(Result.COUNT)) {
                values.put("COUNT", Integer.toString(found.length));
            }
            return values;
        }

        /** RFC 5182 §2.1: with MIN or MAX alone, only these are saved. */
        private UidSet saved(Set<Result> results) {
            boolean all = results.contains(Result.ALL)
                    || results.contains(Result.COUNT)
                    || (!results.contains(Result.MIN) && !results.contains(Result.MAX));
            UidSet.Builder uids = new UidSet.Builder();
            MailboxSnapshot.Row row = messages.row();
            for (int i = 0; i < found.length; i++) {
                if (all
                        || (i == 0 && results.contains(Result.MIN))
                        || (i == found.length - 1 && results.contains(Result.MAX))) {
                    uids.add(row.moveTo(found[i]).uid());
                }
            }
            return uids.build();
        }
    }
}
