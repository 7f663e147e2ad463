package cz.digidig.identity.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the page
 * @param next the cursor of the next page; null: this was the last
 */
public record Listing<T>(List<T> items, @Nullable String next) {}
