package cz.digidig.smtp.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A name server on loopback that knows what it was told, and that everything else does not exist. */
final class ScriptedDns implements AutoCloseable {
    private static final int TTL = 0;

    private final DatagramSocket socket;
    private final CopyOnWriteArrayList<Record> records = new CopyOnWriteArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final AtomicInteger questions = new AtomicInteger();

    ScriptedDns() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::serve);
    }

    String server() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    int questions() {
        return questions.get();
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text.endsWith(".") ? text : text + ".");
        } catch (IOException notAName) {
            throw new UncheckedIOException(notAName);
        }
    }

    ScriptedDns mx(String domain, int preference, String host) {
        records.add(new MXRecord(name(domain), DClass.IN, TTL, preference, name(host)));
        return this;
    }

    ScriptedDns address(String host, InetAddress address) {
        records.add(
                address.getAddress().length == 4
                        ? new ARecord(name(host), DClass.IN, TTL, address)
                        : new AAAARecord(name(host), DClass.IN, TTL, address));
        return this;
    }

    ScriptedDns alias(String host, String other) {
        records.add(new CNAMERecord(name(host), DClass.IN, TTL, name(other)));
        return this;
    }

    ScriptedDns text(String name, String... parts) {
        records.add(new TXTRecord(name(name), DClass.IN, TTL, List.of(parts)));
        return this;
    }

    ScriptedDns pointer(String arpa, String name) {
        records.add(new PTRRecord(name(arpa), DClass.IN, TTL, name(name)));
        return this;
    }

    /** Answers SERVFAIL for a name, or not any more. */
    void failing(String name, boolean fails) {
        if (fails) {
            failing.add(name);
        } else {
            failing.remove(name);
        }
    }

    /** Does not answer for a name. */
    void silent(String name) {
        silent.add(name);
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                questions.incrementAndGet();
                Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                String asked = query.getQuestion().getName().toString(true).toLowerCase(Locale.ROOT);
                if (!silent.contains(asked)) {
                    byte[] answer = answer(query, asked).toWire();
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(closed);
                }
            }
        }
    }

    private Message answer(Message query, String asked) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        if (failing.contains(asked)) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
            return answer;
        }
        Name name = query.getQuestion().getName();
        boolean known = false;
        for (Record record : records) {
            if (record.getName().equals(name)) {
                known = true;
                if (record.getType() == query.getQuestion().getType() || record.getType() == Type.CNAME) {
                    answer.addRecord(record, Section.ANSWER);
                }
            }
        }
        if (!known) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
