package cz.digidig.storage.journal;

import java.util.List;

/**
 * Flags by name, taken apart.
 *
 * @param flags system flags as bits
 * @param keywords the others, without repeats
 */
public record FlagSet(int flags, List<String> keywords) {}
