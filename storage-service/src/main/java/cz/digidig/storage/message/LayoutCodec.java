package cz.digidig.storage.message;

import cz.digidig.common.api.storage.RenderedMessage.PartLayout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A message's layout as octets. */
final class LayoutCodec {
    private LayoutCodec() {}

    static byte[] write(PartLayout layout) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            write(layout, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    private static void write(PartLayout layout, DataOutputStream out) throws IOException {
        out.writeLong(layout.header());
        out.writeLong(layout.body());
        out.writeLong(layout.end());
        out.writeUTF(layout.encoding());
        out.writeInt(layout.parts().size());
        for (PartLayout part : layout.parts()) {
            write(part, out);
        }
        out.writeBoolean(layout.message() != null);
        if (layout.message() != null) {
            write(layout.message(), out);
        }
    }

    static PartLayout read(byte[] octets) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PartLayout read(DataInputStream in) throws IOException {
        long header = in.readLong();
        long body = in.readLong();
        long end = in.readLong();
        String encoding = in.readUTF();
        int count = in.readInt();
        List<PartLayout> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(read(in));
        }
        return new PartLayout(header, body, end, encoding, parts, in.readBoolean() ? read(in) : null);
    }
}
