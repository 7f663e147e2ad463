package cz.digidig.apidocs.sample;

import java.util.Locale;

/** What samples are written in. */
public enum Language {
    CURL("curl"),
    PYTHON("Python"),
    JAVASCRIPT("JavaScript"),
    JAVA("Java");

    private final String title;

    Language(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** As in addresses of pages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
