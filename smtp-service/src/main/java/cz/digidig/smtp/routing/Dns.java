package cz.digidig.smtp.routing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Questions to some name servers, with a cache of their answers. CNAMEs are followed. */
final class Dns {
    private static final Logger LOG = LoggerFactory.getLogger(Dns.class);
    private static final int MOST_CACHED = 20_000;
    /** Nobody should wait a day for a domain's repair because its records were long-lived. */
    private static final int LONGEST_CACHED = 3600;

    private static final int LONGEST_NEGATIVE = 60;
    private static final int TRIES = 2;

    private final @Nullable Resolver resolver;
    private final Cache cache = new Cache(DClass.IN);

    /** What came of a question. */
    sealed interface Answer<T> {
        /** One or more. */
        record Found<T>(List<T> records) implements Answer<T> {}

        /** The name exists, without records of this type. */
        record NoRecord<T>() implements Answer<T> {}

        /** There is no such name. */
        record NoName<T>() implements Answer<T> {}

        /** No answer, or none of use. */
        record Trouble<T>(String why) implements Answer<T> {}
    }

    /**
     * Asks nobody yet.
     *
     * @param servers {@code host:port}; empty: the system's
     * @param timeout how long one server may take
     * @param most how long one question may take
     */
    Dns(List<String> servers, Duration timeout, Duration most) {
        List<InetSocketAddress> addresses = servers.isEmpty()
                ? ResolverConfig.getCurrentConfig().servers()
                : servers.stream().map(Dns::address).toList();
        List<Resolver> resolvers = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            if (address.isUnresolved()) {
                LOG.warn("the name server {} has no address", address.getHostString());
            } else {
                SimpleResolver one = new SimpleResolver(address);
                one.setTimeout(timeout);
                resolvers.add(one);
            }
        }
        resolver = resolvers.isEmpty() ? null : extended(resolvers, timeout, most);
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

    Answer<Exchange> exchanges(String domain) {
        return ask(
                domain,
                Type.MX,
                record -> record instanceof MXRecord mx
                        ? Stream.of(new Exchange(mx.getPriority(), name(mx.getTarget())))
                        : Stream.empty());
    }

    private static String name(Name target) {
        return target.equals(Name.root) ? "" : target.toString(true).toLowerCase(Locale.ROOT);
    }

    Answer<InetAddress> ipv4(String host) {
        return ask(host, Type.A, record -> record instanceof ARecord a ? Stream.of(a.getAddress()) : Stream.empty());
    }

    Answer<InetAddress> ipv6(String host) {
        return ask(
                host,
                Type.AAAA,
                record -> record instanceof AAAARecord aaaa ? Stream.of(aaaa.getAddress()) : Stream.empty());
    }

    private <T> Answer<T> ask(String name, int type, Function<Record, Stream<T>> read) {
        if (resolver == null) {
            return new Answer.Trouble<>("no name server is known");
        }
        Lookup lookup;
        try {
            lookup = new Lookup(Name.fromString(name.endsWith(".") ? name : name + "."), type);
        } catch (TextParseException notAName) {
            return new Answer.NoName<>();
        }
        lookup.setResolver(resolver);
        lookup.setCache(cache);
        // What this machine calls a host is no business of a mail domain's.
        lookup.setHostsFileParser(null);
        Record[] records = lookup.run();
        return switch (lookup.getResult()) {
            case Lookup.SUCCESSFUL -> {
                List<T> found = Arrays.stream(records == null ? new Record[0] : records)
                        .flatMap(read)
                        .toList();
                yield found.isEmpty() ? new Answer.NoRecord<>() : new Answer.Found<>(found);
            }
            case Lookup.HOST_NOT_FOUND -> new Answer.NoName<>();
            case Lookup.TYPE_NOT_FOUND -> new Answer.NoRecord<>();
            default -> new Answer.Trouble<>(String.valueOf(lookup.getErrorString()));
        };
    }
}
