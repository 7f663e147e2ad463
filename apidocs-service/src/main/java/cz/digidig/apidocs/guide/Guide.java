package cz.digidig.apidocs.guide;

/**
 * A text about the API as a whole.
 *
 * @param name as in its address
 * @param title its first heading
 * @param html its markup, made from our own Markdown
 * @param text its words, for the search
 */
public record Guide(String name, String title, String html, String text) {}
