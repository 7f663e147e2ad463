package cz.digidig.client.export;

import cz.digidig.common.mailbox.MessageFlag;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What storage knows of a message beside its octets.
 *
 * @param folder the path of its mailbox
 * @param uid within its mailbox
 * @param received when it came
 */
record Kept(String folder, long uid, Set<MessageFlag> flags, List<String> keywords, Instant received) {}
