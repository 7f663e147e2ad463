package cz.digidig.smtp.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
    private static final int VERSION_AT = RecordFormat.HEADER + 4;

    private static byte[] record(Envelope envelope) {
        return RecordFormat.message(
                        new RecordFormat.Message(
                                new QueueId(7), envelope, 3, 5, List.of(TargetState.FRESH), List.of(), 0),
                        new byte[] {1, 2, 3},
                        3)
                .head();
    }

    private static Envelope junk() {
        Envelope plain = SampleMail.envelope(SampleMail.local("alice"));
        return new Envelope(
                plain.received(),
                plain.trace(),
                plain.from(),
                plain.submitter(),
                plain.smtpUtf8(),
                plain.body(),
                plain.ret(),
                plain.envelopeId(),
                plain.recipients(),
                true);
    }

    @Test
    void everythingIsReadBack() throws IOException {
        for (Envelope envelope : List.of(SampleMail.envelope(SampleMail.local("alice")), junk())) {
            RecordFormat.Message read = RecordFormat.readMessage(ByteBuffer.wrap(record(envelope)), 0);
            assertThat(read.envelope()).isEqualTo(envelope);
            assertThat(read.states()).containsExactly(TargetState.FRESH);
        }
    }

    /** What a release wrote that knew no junk: the version before, and no octet for it. */
    @Test
    void whatWasWrittenBeforeIsReadToo() throws IOException {
        Envelope envelope = SampleMail.envelope(SampleMail.local("alice"));
        byte[] now = record(envelope);
        byte[] before = Arrays.copyOf(now, now.length - 1);
        before[VERSION_AT] = 1;
        ByteBuffer file = ByteBuffer.wrap(before);
        file.putInt(RecordFormat.HEADER, file.getInt(RecordFormat.HEADER) - 1);
        assertThat(RecordFormat.readMessage(file, 0).envelope()).isEqualTo(envelope);
        before[VERSION_AT] = 3;
        assertThatThrownBy(() -> RecordFormat.readMessage(file, 0)).isInstanceOf(IOException.class);
    }
}
