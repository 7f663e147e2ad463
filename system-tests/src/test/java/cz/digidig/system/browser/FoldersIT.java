package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Folders are made, moved and deleted. */
class FoldersIT extends InBrowser {
    @SuppressWarnings("NullAway.Init")
    FoldersIT(Suite suite) {
        super(suite);
    }

    private void make(String name, String within) {
        page.navigate(url(Service.CLIENT, "/settings/folders/new"));
        page.getByLabel("Name").fill(name);
        page.getByLabel("Within").selectOption(within);
        button(page, "Save").click();
    }

    private Locator folder(String name) {
        return page.locator(".own-folder").filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void aFolderIsMadeMovedHiddenAndDeleted() throws IOException, InterruptedException {
        signIn(page, Service.CLIENT, person("\"user\"", false));
        assertThat(page.locator(".mail")).isVisible();
        make("Work", "");
        make("Plans", "Work");
        assertThat(folder("Plans")).isVisible();
        assertThat(Chromium.violations(page)).isEmpty();
        make("Work", "");
        assertThat(page.locator("#name-error")).hasText("There is a folder of this name already.");
        assertThat(page.getByLabel("Name")).hasValue("Work");
        page.getByLabel("Name").fill("Home");
        button(page, "Save").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Change Work/Plans"))
                .click();
        page.getByLabel("Within").selectOption("Home");
        button(page, "Save").click();
        button(page, "Hide Home/Plans from other programs").click();
        assertThat(button(page, "Show Home/Plans in other programs")).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Change Home/Plans"))
                .click();
        assertThat(button(page, "Delete the folder")).isDisabled();
        assertThat(Chromium.violations(page)).isEmpty();
        page.getByLabel("To delete the folder, type its name: Plans").fill("Plans");
        button(page, "Delete the folder").click();
        assertThat(folder("Home")).isVisible();
        assertThat(folder("Plans")).hasCount(0);
    }

    @Test
    void favouritesStandAboveInTheOrderThatIsWanted() throws IOException, InterruptedException {
        signIn(page, Service.CLIENT, person("\"user\"", false));
        assertThat(page.locator(".mail")).isVisible();
        make("Work", "");
        make("Home", "");
        button(page, "Add Work to the favourites").click();
        button(page, "Add Home to the favourites").click();
        Locator favourites = page.locator("#favourites li");
        assertThat(favourites).hasText(new String[] {"Work", "Home"});
        button(page, "Move Home up").click();
        assertThat(favourites).hasText(new String[] {"Home", "Work"});
        assertThat(Chromium.violations(page)).isEmpty();
        favourites.nth(1).locator("a").dragTo(favourites.nth(0));
        assertThat(favourites).hasText(new String[] {"Work", "Home"});
        page.locator("#folders a[data-folder=INBOX]").dragTo(favourites.nth(0));
        assertThat(favourites).hasText(new String[] {"Inbox", "Work", "Home"});
        button(page, "Take Work out of the favourites").click();
        assertThat(favourites).hasText(new String[] {"Inbox", "Home"});
    }
}
