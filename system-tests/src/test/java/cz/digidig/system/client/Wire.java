package cz.digidig.system.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection to loopback that reads and writes lines and octets. Text is ISO 8859-1, so that octets survive. */
public final class Wire implements Closeable {
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    public static Wire open(int port, boolean tls) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setTcpNoDelay(true);
            Wire wire = new Wire(socket);
            wire.readLimit(Duration.ofMinutes(1));
            if (tls) {
                wire.startTls();
            }
            return wire;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /** The longest wait for input; what is later is a {@link java.net.SocketTimeoutException}. */
    public void readLimit(Duration limit) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    }

    public void startTls() throws IOException {
        int limit = socket.getSoTimeout();
        socket = Tls.over(socket);
        socket.setSoTimeout(limit);
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream());
    }

    /**
     * A line without its CRLF.
     *
     * @throws EOFException when the server has closed the connection
     */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("closed after \"" + line.toString(StandardCharsets.ISO_8859_1) + "\"");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    public byte[] readExactly(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException("closed within " + count + " octets");
        }
        return octets;
    }

    /** Buffered; see {@link #flush}. */
    public void write(byte[] octets) throws IOException {
        out.write(octets);
    }

    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void flush() throws IOException {
        out.flush();
    }

    public void writeLine(String line) throws IOException {
        write(line + "\r\n");
        flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
