package cz.digidig.storage.embedded;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the commands of one connection on its event loop, and sends each answer once the redo log is on disk up to
 * there. The event loop waits for the disk only for a connection that is alone with its writes.
 */
final class CommandHandler extends SimpleChannelInboundHandler<ClientRequest> {
    private static final Logger log = LoggerFactory.getLogger(CommandHandler.class);

    private final MongoBackend backend;
    private final DocumentFile file;
    private final AtomicInteger requestIds = new AtomicInteger();

    CommandHandler(MongoBackend backend, DocumentFile file) {
        this.backend = backend;
        this.file = file;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        backend.handleClose(context.channel());
        super.channelInactive(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
        MessageHeader header = new MessageHeader(
                requestIds.incrementAndGet(), request.getHeader().getRequestID());
        Object answer =
                switch (request) {
                    case MongoMessage message -> new MongoMessage(message.getChannel(), header, execute(message));
                    case MongoQuery query -> new MongoReply(header, List.of(handshake(query)), 0);
                    default -> throw new MongoServerException("unknown message");
                };
        if (file.failed()) {
            // What was computed may rest on changes that are not on disk: say nothing.
            var _ = context.close();
            return;
        }
        file.whenDurable(context.channel(), () -> {
            var _ = context.writeAndFlush(answer);
        });
    }

    private Document execute(MongoMessage message) {
        try {
            return backend.handleMessage(message);
        } catch (MongoServerException e) {
            log.debug("A command failed", e);
            return error(e);
        } catch (RuntimeException e) {
            log.error("A command failed unexpectedly", e);
            return error(new MongoServerException("internal error", e));
        }
    }

    /** Drivers begin with the old opcode; later commands come as messages. */
    private Document handshake(MongoQuery query) {
        try {
            String command = query.getQuery().keySet().iterator().next();
            return backend.handleCommand(query.getChannel(), query.getDatabaseName(), command, query.getQuery());
        } catch (MongoServerException e) {
            return error(e);
        }
    }

    private static Document error(MongoServerException e) {
        Document error = new Document("errmsg", e.getMessageWithoutErrorCode());
        if (e instanceof MongoServerError known) {
            error.put("code", known.getCode());
            error.putIfNotNull("codeName", known.getCodeName());
        }
        Utils.markOkay(error);
        error.put("ok", 0);
        return error;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("A connection to the embedded MongoDB ended", cause);
        var _ = context.close();
    }
}
