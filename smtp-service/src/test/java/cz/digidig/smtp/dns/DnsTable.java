package cz.digidig.smtp.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A DNS of a few records in memory. Counts what it is asked. */
public final class DnsTable implements Dns {
    private final Map<String, List<String>> texts = new HashMap<>();
    private final Map<String, List<Inet4Address>> ipv4 = new HashMap<>();
    private final Map<String, List<Inet6Address>> ipv6 = new HashMap<>();
    private final Map<String, List<MailExchange>> exchanges = new HashMap<>();
    private final Map<String, List<String>> names = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private int asked;

    public DnsTable text(String name, String record) {
        return add(texts, name, record);
    }

    public DnsTable address(String name, String address) {
        InetAddress parsed = InetAddress.ofLiteral(address);
        return parsed instanceof Inet4Address four ? add(ipv4, name, four) : add(ipv6, name, (Inet6Address) parsed);
    }

    public DnsTable exchange(String name, int preference, String host) {
        return add(exchanges, name, new MailExchange(preference, host));
    }

    public DnsTable pointer(String address, String name) {
        return pointerAt(ReverseName.of(InetAddress.ofLiteral(address)), name);
    }

    /** A PTR record at a name below arpa. */
    public DnsTable pointerAt(String arpa, String name) {
        return add(names, arpa, name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }

    public DnsTable alias(String name, String to) {
        aliases.put(key(name), key(to));
        return this;
    }

    /** What is asked of this name, beside the records given, gets no answer. */
    public DnsTable silent(String name) {
        silent.add(key(name));
        return this;
    }

    /** How often it was asked. */
    public int asked() {
        return asked;
    }

    @Override
    public DnsAnswer<String> text(String name) {
        return answer(texts, name);
    }

    @Override
    public DnsAnswer<Inet4Address> ipv4(String name) {
        return answer(ipv4, name);
    }

    @Override
    public DnsAnswer<Inet6Address> ipv6(String name) {
        return answer(ipv6, name);
    }

    @Override
    public DnsAnswer<MailExchange> exchanges(String name) {
        return answer(exchanges, name);
    }

    @Override
    public DnsAnswer<String> names(InetAddress address) {
        return answer(names, ReverseName.of(address));
    }

    private <T> DnsTable add(Map<String, List<T>> records, String name, T record) {
        records.computeIfAbsent(key(name), _ -> new ArrayList<>()).add(record);
        return this;
    }

    private <T> DnsAnswer<T> answer(Map<String, List<T>> records, String name) {
        asked++;
        String at = key(name);
        for (int hops = 0; hops < 10; hops++) {
            List<T> found = records.get(at);
            if (found != null) {
                return new DnsAnswer.Found<>(found);
            }
            if (silent.contains(at)) {
                return new DnsAnswer.Failed<>("no answer");
            }
            String next = aliases.get(at);
            if (next == null) {
                return new DnsAnswer.Missing<>(exists(at));
            }
            at = next;
        }
        return new DnsAnswer.Failed<>("aliases without end");
    }

    private boolean exists(String at) {
        return List.of(texts, ipv4, ipv6, exchanges, names).stream().anyMatch(records -> records.containsKey(at));
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
