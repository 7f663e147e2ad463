package cz.digidig.client.settings;

import cz.digidig.client.mailbox.Frame;
import cz.digidig.client.preferences.Preferences;
import cz.digidig.client.preferences.Preferences.Density;
import cz.digidig.client.preferences.Preferences.Pane;
import cz.digidig.client.preferences.PreferencesStore;
import cz.digidig.client.profile.Profiles;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import cz.digidig.common.web.Toast;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the webmail looks and does, for one person. */
@PageController
class SettingsController {
    /** Those that are named by a place. */
    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(name -> name.matches(
                    "(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+|UTC"))
            .sorted()
            .toList();

    private final Frame frame;
    private final PreferencesStore preferences;
    private final Profiles profiles;

    SettingsController(Frame frame, PreferencesStore preferences, Profiles profiles) {
        this.frame = frame;
        this.preferences = preferences;
        this.profiles = profiles;
    }

    @GetMapping("/settings")
    String page(@AuthenticationPrincipal Person person, Locale language, Model model) {
        frame.rail(person, language, model);
        model.addAttribute("panes", Pane.values());
        model.addAttribute("densities", Density.values());
        model.addAttribute("seconds", Preferences.UNDO_SECONDS);
        model.addAttribute("zones", ZONES);
        model.addAttribute("zone", profiles.of(person).timeZone());
        return "pages/settings";
    }

    @PostMapping("/settings")
    String save(
            @AuthenticationPrincipal Person person,
            @RequestParam Pane pane,
            @RequestParam Density density,
            @RequestParam(defaultValue = "false") boolean conversations,
            @RequestParam int undoSeconds,
            @RequestParam(defaultValue = "false") boolean notifications,
            @RequestParam(defaultValue = "") String zone,
            @RequestParam(name = "shown", required = false) @Nullable List<String> shown,
            RedirectAttributes redirect) {
        if (zone.isEmpty() || ZONES.contains(zone)) {
            profiles.zone(person, zone);
        }
        preferences.change(person.accountId(), before -> before.looking(
                        pane,
                        density,
                        conversations,
                        Preferences.UNDO_SECONDS.contains(undoSeconds) ? undoSeconds : before.undoSeconds())
                .notifying(notifications)
                .showing(before.shownSenders().stream()
                        .filter(sender -> shown != null && shown.contains(sender))
                        .toList()));
        Toast.done(redirect, "settings.saved");
        return "redirect:/settings";
    }
}
