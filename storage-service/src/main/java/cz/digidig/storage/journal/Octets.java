package cz.digidig.storage.journal;

import java.util.Arrays;

/** Writes and reads numbers of variable length: seven bits an octet, lowest first. */
final class Octets {
    private byte[] buffer;
    private int position;

    private Octets(byte[] buffer) {
        this.buffer = buffer;
    }

    static Octets writer(int expected) {
        return new Octets(new byte[expected]);
    }

    static Octets reader(byte[] octets) {
        return new Octets(octets);
    }

    Octets number(long value) {
        if (position + 10 > buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length + 10);
        }
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[position++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[position++] = (byte) rest;
        return this;
    }

    /** Eight octets. */
    Octets fixed(long value) {
        if (position + 8 > buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length + 10);
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[position++] = (byte) (value >>> shift);
        }
        return this;
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = buffer[position++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (buffer[position++] & 0xFF);
        }
        return value;
    }

    byte[] toArray() {
        return Arrays.copyOf(buffer, position);
    }
}
