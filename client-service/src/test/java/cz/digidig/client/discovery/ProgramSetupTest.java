package cz.digidig.client.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.client.configuration.MtaStsMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class ProgramSetupTest {
    private static List<String> servers(Document setup, String element) {
        List<String> servers = new ArrayList<>();
        NodeList found = setup.getElementsByTagName(element);
        for (int i = 0; i < found.getLength(); i++) {
            Element server = (Element) found.item(i);
            servers.add(String.join(
                    " ",
                    server.getAttribute("type"),
                    text(server, "hostname"),
                    text(server, "port"),
                    text(server, "socketType"),
                    text(server, "username")));
        }
        return servers;
    }

    private static String text(Element server, String name) {
        return server.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void programsFindTheServersTheSafestFirst() throws ParserConfigurationException, IOException, SAXException {
        String xml = new ProgramSetup("example.org", "mail.example.org").xml();
        Document setup = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));

        assertThat(setup.getDocumentElement().getAttribute("version")).isEqualTo("1.1");
        assertThat(setup.getElementsByTagName("domain").item(0).getTextContent())
                .isEqualTo("example.org");
        assertThat(servers(setup, "incomingServer"))
                .containsExactly(
                        "imap mail.example.org 993 SSL %EMAILADDRESS%",
                        "imap mail.example.org 143 STARTTLS %EMAILADDRESS%");
        assertThat(servers(setup, "outgoingServer"))
                .containsExactly(
                        "smtp mail.example.org 465 SSL %EMAILADDRESS%",
                        "smtp mail.example.org 587 STARTTLS %EMAILADDRESS%");
    }

    @Test
    void aPolicyIsAsTheStandardHasIt() {
        assertThat(new MtaStsPolicy(MtaStsMode.ENFORCE, "mail.example.org").text())
                .isEqualTo("version: STSv1\r\nmode: enforce\r\nmx: mail.example.org\r\nmax_age: 604800\r\n");
    }
}
