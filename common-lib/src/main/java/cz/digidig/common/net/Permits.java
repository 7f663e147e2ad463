package cz.digidig.common.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Counts connections, in total and by the peer's address. */
final class Permits {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    /** Of so many addresses the last minute is remembered. */
    private static final int MOST_REMEMBERED = 20_000;

    private final Supplier<ConnectionLimits> limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final Map<String, Minute> recent = new HashMap<>();
    private int taken;

    /** New connections of one address since a moment, by {@link System#nanoTime()}. */
    private record Minute(long since, int count) {}

    Permits(Supplier<ConnectionLimits> limits) {
        this.limits = limits;
    }

    /** False: there is none left for this address. */
    boolean take(InetAddress address) {
        lock.lock();
        try {
            if (!takePlace()) {
                return false;
            }
            if (!admit(address)) {
                taken--;
                return false;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** One of the total, for a connection whose client is not known yet; false: there is none left. */
    boolean takePlace() {
        lock.lock();
        try {
            if (taken >= limits.get().total()) {
                return false;
            }
            taken++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** One of an address's, for a connection that has its place; false: there is none left. */
    boolean admit(InetAddress address) {
        String key = key(address);
        lock.lock();
        try {
            int here = byAddress.getOrDefault(key, 0);
            if (here >= limits.get().perAddress() || !withinRate(key)) {
                return false;
            }
            byAddress.put(key, here + 1);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean withinRate(String key) {
        int most = limits.get().perMinute();
        if (most == 0) {
            return true;
        }
        long now = System.nanoTime();
        if (recent.size() >= MOST_REMEMBERED) {
            recent.values().removeIf(minute -> now - minute.since() > MINUTE);
            if (recent.size() >= MOST_REMEMBERED) {
                recent.clear();
            }
        }
        Minute minute = recent.get(key);
        if (minute == null || now - minute.since() > MINUTE) {
            minute = new Minute(now, 0);
        }
        recent.put(key, new Minute(minute.since(), Math.min(most, minute.count()) + 1));
        return minute.count() < most;
    }

    void giveBack(InetAddress address) {
        lock.lock();
        try {
            taken--;
            byAddress.computeIfPresent(key(address), (_, here) -> here == 1 ? null : here - 1);
        } finally {
            lock.unlock();
        }
    }

    /** Of a connection that no address was admitted for. */
    void giveBackPlace() {
        lock.lock();
        try {
            taken--;
        } finally {
            lock.unlock();
        }
    }

    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** An IPv6 host has a whole /64 network to choose addresses from. */
    private static String key(InetAddress address) {
        byte[] octets = address.getAddress();
        byte[] counted = address instanceof Inet6Address ? Arrays.copyOf(octets, 8) : octets;
        return HexFormat.of().formatHex(counted);
    }
}
