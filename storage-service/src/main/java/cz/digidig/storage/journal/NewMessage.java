package cz.digidig.storage.journal;

import java.util.List;

/**
 * A message that is to be put into a mailbox; its octets are stored already.
 *
 * @param id its id
 * @param size octets
 * @param flags system flags as bits
 * @param keywords names
 * @param internalDate milliseconds since 1970 UTC
 */
public record NewMessage(MessageId id, long size, int flags, List<String> keywords, long internalDate) {}
