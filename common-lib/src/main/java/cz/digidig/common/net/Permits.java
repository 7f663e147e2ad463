package cz.digidig.common.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Counts connections, in total and by the peer's address. */
final class Permits {
    private final int total;
    private final int perAddress;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int taken;

    Permits(ConnectionLimits limits) {
        total = limits.total();
        perAddress = limits.perAddress();
    }

    /** False: there is none left for this address. */
    boolean take(InetAddress address) {
        String key = key(address);
        lock.lock();
        try {
            int here = byAddress.getOrDefault(key, 0);
            if (taken >= total || here >= perAddress) {
                return false;
            }
            taken++;
            byAddress.put(key, here + 1);
            return true;
        } finally {
            lock.unlock();
        }
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
