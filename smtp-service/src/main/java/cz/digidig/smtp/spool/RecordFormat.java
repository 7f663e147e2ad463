package cz.digidig.smtp.spool;

import cz.digidig.smtp.protocol.MailCommand.Body;
import cz.digidig.smtp.protocol.MailCommand.Return;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.protocol.ReversePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The journal's records, all numbers big-endian:
 *
 * <pre>
 *   0  4  magic "DGQ1"
 *   4  4  length of the payload
 *   8  4  CRC-32C of the segment's salt, type and payload
 *  12  1  type
 *  13     payload
 * </pre>
 *
 * A message's payload is its envelope's length, its envelope with the state of each target, and its octets (or nothing,
 * where they are in a file of their own).
 *
 * <p>The salt is random and stays on this disk. Without it a mail could carry octets that, behind a damaged place, would
 * be read as a record.
 */
final class RecordFormat {
    static final int MAGIC = 0x44475131;
    static final int HEADER = 13;
    static final byte MESSAGE = 1;
    static final byte MESSAGE_IN_FILE = 2;
    static final byte STATE = 3;
    static final byte DONE = 4;
    /** States, and the attempts that led to them. */
    static final byte ATTEMPTS = 5;

    private static final int CHECKSUM_AT = 8;
    private static final int VERSION = 3;
    private static final int VERSION_WITHOUT_ATTEMPTS = 2;
    private static final int VERSION_WITHOUT_JUNK = 1;

    private static final int LONGEST_DIAGNOSTIC = 4000;

    private RecordFormat() {}

    /** One target's new state. */
    record Change(int index, TargetState state) {}

    /**
     * What a message's record says.
     *
     * @param attempts those made until it was written
     * @param contentAt where its octets begin within the payload; -1: they are in a file
     */
    record Message(
            QueueId id,
            Envelope envelope,
            long octets,
            int checksum,
            List<TargetState> states,
            List<Attempt> attempts,
            int contentAt) {}

    /** What a state's record says. */
    record States(QueueId id, List<Change> changes, List<Attempt> attempts) {}

    /** A record up to its content; what follows it on disk is {@code content}. */
    record Encoded(byte[] head, byte[] content, int contentLength) {
        int length() {
            return head.length + contentLength;
        }

        /** Fills in the checksum, which depends on the segment that it goes to. */
        void seal(byte[] salt) {
            CRC32C crc = new CRC32C();
            crc.update(salt);
            crc.update(head, HEADER - 1, head.length - HEADER + 1);
            crc.update(content, 0, contentLength);
            ByteBuffer.wrap(head).putInt(CHECKSUM_AT, (int) crc.getValue());
        }
    }

    private static final byte[] NOTHING = {};

    private interface Fields {
        void write(DataOutputStream out) throws IOException;
    }

    /** A message's record; {@code message.contentAt()} tells only whether the octets are in a file. */
    static Encoded message(Message message, byte[] content, int contentLength) {
        byte[] envelope = bytes(out -> writeMessage(out, message));
        ByteBuffer payload = ByteBuffer.allocate(4 + envelope.length);
        payload.putInt(envelope.length).put(envelope);
        byte type = message.contentAt() < 0 ? MESSAGE_IN_FILE : MESSAGE;
        return encode(type, payload.array(), content, contentLength);
    }

    static Encoded states(QueueId id, List<Change> changes, List<Attempt> attempts) {
        byte[] payload = bytes(out -> {
            out.writeLong(id.number());
            out.writeInt(changes.size());
            for (Change change : changes) {
                out.writeInt(change.index());
                writeState(out, change.state());
            }
            if (!attempts.isEmpty()) {
                writeAttempts(out, attempts);
            }
        });
        return encode(attempts.isEmpty() ? STATE : ATTEMPTS, payload, NOTHING, 0);
    }

    static Encoded done(QueueId id) {
        return encode(DONE, bytes(out -> out.writeLong(id.number())), NOTHING, 0);
    }

    private static Encoded encode(byte type, byte[] payload, byte[] content, int contentLength) {
        ByteBuffer head = ByteBuffer.allocate(HEADER + payload.length);
        head.putInt(MAGIC)
                .putInt(payload.length + contentLength)
                .putInt(0)
                .put(type)
                .put(payload);
        return new Encoded(head.array(), content, contentLength);
    }

    /**
     * The length of the whole record that begins at a position, or -1 where none does or it is damaged or cut off.
     */
    static int lengthAt(ByteBuffer file, int position, byte[] salt) {
        if (file.limit() - position < HEADER || file.getInt(position) != MAGIC) {
            return -1;
        }
        int length = file.getInt(position + 4);
        if (length < 0 || length > file.limit() - position - HEADER) {
            return -1;
        }
        CRC32C crc = new CRC32C();
        crc.update(salt);
        crc.update(file.slice(position + HEADER - 1, length + 1));
        return (int) crc.getValue() == file.getInt(position + CHECKSUM_AT) ? HEADER + length : -1;
    }

    static byte typeAt(ByteBuffer file, int position) {
        return file.get(position + HEADER - 1);
    }

    static Message readMessage(ByteBuffer file, int position) throws IOException {
        int length = file.getInt(position + HEADER);
        DataInputStream in = input(file, position + HEADER + 4, length);
        int version = in.readUnsignedByte();
        if (version < VERSION_WITHOUT_JUNK || version > VERSION) {
            throw new IOException("an envelope of an unknown version");
        }
        QueueId id = new QueueId(in.readLong());
        long octets = in.readLong();
        int checksum = in.readInt();
        Instant received = Instant.ofEpochMilli(in.readLong());
        String trace = in.readUTF();
        ReversePath from = ReversePath.of(in.readUTF());
        String submitter = in.readUTF();
        boolean smtpUtf8 = in.readBoolean();
        Body body = Body.valueOf(in.readUTF());
        Return ret = Return.valueOf(in.readUTF());
        String envelopeId = in.readUTF();
        List<TargetState> states = new ArrayList<>();
        List<Recipient> recipients = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            recipients.add(readRecipient(in, states));
        }
        boolean junk = version > VERSION_WITHOUT_JUNK && in.readBoolean();
        List<Attempt> attempts = version > VERSION_WITHOUT_ATTEMPTS ? readAttempts(in) : List.of();
        Envelope envelope =
                new Envelope(received, trace, from, submitter, smtpUtf8, body, ret, envelopeId, recipients, junk);
        int contentAt = typeAt(file, position) == MESSAGE ? 4 + length : -1;
        return new Message(id, envelope, octets, checksum, states, attempts, contentAt);
    }

    static States readStates(ByteBuffer file, int position) throws IOException {
        DataInputStream in = input(file, position + HEADER, file.getInt(position + 4));
        QueueId id = new QueueId(in.readLong());
        List<Change> changes = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            changes.add(new Change(in.readInt(), readState(in)));
        }
        return new States(id, changes, typeAt(file, position) == ATTEMPTS ? readAttempts(in) : List.of());
    }

    static QueueId readDone(ByteBuffer file, int position) {
        return new QueueId(file.getLong(position + HEADER));
    }

    private static void writeMessage(DataOutputStream out, Message message) throws IOException {
        Envelope envelope = message.envelope();
        out.writeByte(VERSION);
        out.writeLong(message.id().number());
        out.writeLong(message.octets());
        out.writeInt(message.checksum());
        out.writeLong(envelope.received().toEpochMilli());
        out.writeUTF(envelope.trace());
        out.writeUTF(envelope.from().toString());
        out.writeUTF(envelope.submitter());
        out.writeBoolean(envelope.smtpUtf8());
        out.writeUTF(envelope.body().name());
        out.writeUTF(envelope.ret().name());
        out.writeUTF(envelope.envelopeId());
        out.writeInt(envelope.recipients().size());
        int index = 0;
        for (Recipient recipient : envelope.recipients()) {
            out.writeUTF(recipient.address());
            out.writeByte(recipient.notifyOn().size());
            for (Notify notice : recipient.notifyOn()) {
                out.writeUTF(notice.name());
            }
            out.writeUTF(recipient.original());
            out.writeInt(recipient.targets().size());
            for (Target target : recipient.targets()) {
                writeTarget(out, target);
                writeState(out, message.states().get(index++));
            }
        }
        out.writeBoolean(envelope.junk());
        writeAttempts(out, message.attempts());
    }

    private static Recipient readRecipient(DataInputStream in, List<TargetState> states) throws IOException {
        String address = in.readUTF();
        Set<Notify> notifyOn = EnumSet.noneOf(Notify.class);
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            notifyOn.add(Notify.valueOf(in.readUTF()));
        }
        String original = in.readUTF();
        List<Target> targets = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            targets.add(readTarget(in));
            states.add(readState(in));
        }
        return new Recipient(address, notifyOn, original, targets);
    }

    private static void writeTarget(DataOutputStream out, Target target) throws IOException {
        switch (target) {
            case Target.Local local -> {
                out.writeByte('L');
                out.writeUTF(local.account());
                out.writeUTF(local.email());
            }
            case Target.Sent sent -> {
                out.writeByte('S');
                out.writeUTF(sent.account());
                out.writeUTF(sent.email());
                byte[] head = sent.head().getBytes(StandardCharsets.UTF_8);
                out.writeInt(head.length);
                out.write(head);
            }
            case Target.Remote remote -> {
                out.writeByte('R');
                out.writeUTF(remote.address());
            }
        }
    }

    private static Target readTarget(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case 'L' -> new Target.Local(in.readUTF(), in.readUTF());
            case 'S' -> new Target.Sent(in.readUTF(), in.readUTF(), readText(in));
            case 'R' -> new Target.Remote(in.readUTF());
            default -> throw new IOException("a target of an unknown kind");
        };
    }

    /** Text that may be longer than UTF of a data stream. */
    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static void writeState(DataOutputStream out, TargetState state) throws IOException {
        out.writeUTF(state.status().name());
        out.writeInt(state.attempts());
        out.writeLong(state.nextAttempt());
        String diagnostic = state.diagnostic();
        out.writeUTF(diagnostic.substring(0, Math.min(diagnostic.length(), LONGEST_DIAGNOSTIC)));
    }

    private static TargetState readState(DataInputStream in) throws IOException {
        return new TargetState(TargetState.Status.valueOf(in.readUTF()), in.readInt(), in.readLong(), in.readUTF());
    }

    private static void writeAttempts(DataOutputStream out, List<Attempt> attempts) throws IOException {
        out.writeInt(attempts.size());
        for (Attempt attempt : attempts) {
            out.writeInt(attempt.destination());
            out.writeLong(attempt.at().toEpochMilli());
            out.writeUTF(attempt.result().name());
            out.writeUTF(attempt.detail());
        }
    }

    private static List<Attempt> readAttempts(DataInputStream in) throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            attempts.add(new Attempt(
                    in.readInt(),
                    Instant.ofEpochMilli(in.readLong()),
                    Attempt.Result.valueOf(in.readUTF()),
                    in.readUTF()));
        }
        return attempts;
    }

    private static DataInputStream input(ByteBuffer file, int position, int length) {
        byte[] octets = new byte[length];
        file.get(position, octets);
        return new DataInputStream(new ByteArrayInputStream(octets));
    }

    private static byte[] bytes(Fields fields) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(octets)) {
            fields.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return octets.toByteArray();
    }
}
