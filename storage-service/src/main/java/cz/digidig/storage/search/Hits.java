package cz.digidig.storage.search;

/**
 * What a search in an account found.
 *
 * @param rows the account's messages
 * @param found the newest of those that match, newest first
 * @param total how many match, below all cursors too
 * @param exact false: the total is an estimate, those for which only the text tells among it
 * @param end the row above which all were looked at; 0: all were
 */
public record Hits(AccountRows rows, int[] found, long total, boolean exact, int end) {}
