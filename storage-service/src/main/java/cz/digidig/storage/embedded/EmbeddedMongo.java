package cz.digidig.storage.embedded;

import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A MongoDB server inside this process, bound to loopback, that keeps its documents in a folder. */
public final class EmbeddedMongo implements AutoCloseable {
    /** More than cores: a page of many messages on one of them must not hold up the commits on the others. */
    private static final int LOOPS = 4;

    private final DocumentFile file;
    private final LoggedBackend backend;
    private final EventLoopGroup loops;
    private final Channel listener;

    private EmbeddedMongo(DocumentFile file, LoggedBackend backend, EventLoopGroup loops, Channel listener) {
        this.file = file;
        this.backend = backend;
        this.loops = loops;
        this.listener = listener;
    }

    /**
     * Opens the folder's documents, repeating what the log holds beyond them, and starts to listen.
     *
     * @param port 0: any free one
     */
    public static EmbeddedMongo start(Path folder, int port) {
        DocumentFile file = DocumentFile.open(folder);
        LoggedBackend backend = new LoggedBackend(file);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                LOOPS, new DefaultThreadFactory("embedded-mongo", true), NioIoHandler.newFactory());
        try {
            Channel listener = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .childOption(ChannelOption.TCP_NODELAY, Boolean.TRUE)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new MongoWireReplyEncoder(),
                                            new MongoWireMessageEncoder(),
                                            new MongoWireProtocolHandler(),
                                            new CommandHandler(backend, file));
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .syncUninterruptibly()
                    .channel();
            return new EmbeddedMongo(file, backend, loops, listener);
        } catch (RuntimeException e) {
            var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            file.close();
            throw e;
        }
    }

    /** Where the driver connects. */
    public String connectionString() {
        return "mongodb://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort() + "/";
    }

    /** True: the disk refused a write; the service can only be restarted. */
    public boolean failed() {
        return file.failed();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        backend.close();
        file.close();
    }
}
