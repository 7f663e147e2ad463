package cz.digidig.smtp.dns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Questions to some name servers, with a cache of their answers. CNAMEs are followed. While no server answers at all,
 * questions fail at once: that is noticed by one of them, not by each.
 */
final class NameServers implements Dns {
    private static final Logger LOG = LoggerFactory.getLogger(NameServers.class);
    private static final int MOST_CACHED = 20_000;
    /** Nobody should wait a day for a domain's repair because its records were long-lived. */
    private static final int LONGEST_CACHED = 3600;

    private static final int LONGEST_NEGATIVE = 60;
    private static final int TRIES = 2;
    private static final int MOST_RECORDS = 200;

    private final @Nullable Resolver resolver;
    private final Presence presence;
    private final Cache cache = new Cache(DClass.IN);

    /**
     * Asks nobody yet.
     *
     * @param servers {@code host:port}; empty: the system's
     * @param timeout how long one server may take
     * @param most how long one question may take
     */
    NameServers(List<String> servers, Duration timeout, Duration most) {
        List<InetSocketAddress> addresses = servers.isEmpty()
                ? ResolverConfig.getCurrentConfig().servers()
                : servers.stream().map(NameServers::address).toList();
        List<InetSocketAddress> known = new ArrayList<>();
        List<Resolver> resolvers = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            if (address.isUnresolved()) {
                LOG.warn("the name server {} has no address", address.getHostString());
            } else {
                SimpleResolver one = new SimpleResolver(address);
                one.setTimeout(timeout);
                resolvers.add(one);
                known.add(address);
            }
        }
        resolver = resolvers.isEmpty() ? null : extended(resolvers, timeout, most);
        presence = new Presence(known);
        cache.setMaxEntries(MOST_CACHED);
        cache.setMaxCache(LONGEST_CACHED);
        cache.setMaxNCache(LONGEST_NEGATIVE);
    }

    private static Resolver extended(List<Resolver> resolvers, Duration timeout, Duration most) {
        ExtendedResolver all = new ExtendedResolver(resolvers);
        all.setRetries(TRIES);
        Duration everybody = timeout.multipliedBy((long) TRIES * resolvers.size());
        all.setTimeout(everybody.compareTo(most) < 0 ? everybody : most);
        return all;
    }

    private static InetSocketAddress address(String server) {
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, colon).replaceAll("[\\[\\]]", "");
        return new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1)));
    }

    @Override
    public DnsAnswer<String> text(String name) {
        return ask(
                name, Type.TXT, record -> record instanceof TXTRecord text ? Stream.of(joined(text)) : Stream.empty());
    }

    private static String joined(TXTRecord record) {
        StringBuilder text = new StringBuilder();
        for (byte[] part : record.getStringsAsByteArrays()) {
            text.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    @Override
    public DnsAnswer<Inet4Address> ipv4(String name) {
        return ask(
                name,
                Type.A,
                record -> record instanceof ARecord a && a.getAddress() instanceof Inet4Address four
                        ? Stream.of(four)
                        : Stream.empty());
    }

    @Override
    public DnsAnswer<Inet6Address> ipv6(String name) {
        return ask(
                name,
                Type.AAAA,
                record -> record instanceof AAAARecord aaaa && aaaa.getAddress() instanceof Inet6Address six
                        ? Stream.of(six)
                        : Stream.empty());
    }

    @Override
    public DnsAnswer<MailExchange> exchanges(String name) {
        DnsAnswer<MailExchange> answer = ask(
                name,
                Type.MX,
                record -> record instanceof MXRecord mx
                        ? Stream.of(new MailExchange(mx.getPriority(), text(mx.getTarget())))
                        : Stream.empty());
        return switch (answer) {
            case DnsAnswer.Found<MailExchange> found ->
                new DnsAnswer.Found<>(found.records().stream()
                        .sorted(Comparator.comparingInt(MailExchange::preference))
                        .toList());
            case DnsAnswer.Missing<MailExchange> missing -> missing;
            case DnsAnswer.Failed<MailExchange> failed -> failed;
        };
    }

    @Override
    public DnsAnswer<String> names(InetAddress address) {
        return ask(
                ReverseName.of(address),
                Type.PTR,
                record -> record instanceof PTRRecord pointer ? Stream.of(text(pointer.getTarget())) : Stream.empty());
    }

    private static String text(Name target) {
        return target.equals(Name.root) ? "" : target.toString(true).toLowerCase(Locale.ROOT);
    }

    private <T> DnsAnswer<T> ask(String name, int type, Function<Record, Stream<T>> read) {
        if (resolver == null) {
            return new DnsAnswer.Failed<>("no name server is known");
        }
        Lookup lookup;
        try {
            lookup = new Lookup(Name.fromString(name.endsWith(".") ? name : name + "."), type);
        } catch (TextParseException notAName) {
            return new DnsAnswer.Missing<>(false);
        }
        if (!presence.likely()) {
            return new DnsAnswer.Failed<>("no name server answers");
        }
        lookup.setResolver(resolver);
        lookup.setCache(cache);
        // What this machine calls a host is no business of a mail domain's.
        lookup.setHostsFileParser(null);
        Record[] records = lookup.run();
        return switch (lookup.getResult()) {
            case Lookup.SUCCESSFUL -> {
                List<T> found = Arrays.stream(records == null ? new Record[0] : records)
                        .limit(MOST_RECORDS)
                        .flatMap(read)
                        .toList();
                yield found.isEmpty() ? new DnsAnswer.Missing<>(true) : new DnsAnswer.Found<>(found);
            }
            case Lookup.HOST_NOT_FOUND -> new DnsAnswer.Missing<>(false);
            case Lookup.TYPE_NOT_FOUND -> new DnsAnswer.Missing<>(true);
            default -> {
                presence.doubt();
                yield new DnsAnswer.Failed<>(String.valueOf(lookup.getErrorString()));
            }
        };
    }

    /** One question that a server which is there answers from its cache. */
    static boolean answers(InetSocketAddress server, Duration timeout) {
        try {
            SimpleResolver one = new SimpleResolver(server);
            one.setTimeout(timeout);
            one.send(Message.newQuery(Record.newRecord(Name.root, Type.NS, DClass.IN)));
            return true;
        } catch (IOException silent) {
            return false;
        }
    }
}
