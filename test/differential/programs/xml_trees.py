import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from xml.dom import minidom
root = ET.fromstring("<?xml version='1.0'?><a xmlns:n='urn:x' k='v &amp; w'>text<b i='1'/>tail<n:c><b i='2'>é</b></n:c><!-- no --></a>")
print(root.tag, root.attrib, root.text, [(e.tag, e.attrib, e.text, e.tail) for e in root.iter()], [b.get("i") for b in root.findall(".//b")], root.find("b[@i='1']").tail, root.findtext("{urn:x}c/b"))
ET.SubElement(root, "new", {"x": "<\"'>"}).text = "a & b"; ET.indent(root); print(ET.tostring(root, encoding="unicode"), ET.tostring(root, encoding="us-ascii")[:60], ET.canonicalize("<b z='1' a='2'/>"))
for bad in ("<a>", "<a></b>", "<a b=c/>", "", "<a>&nope;</a>", "<a/><b/>", "<a b='1' b='2'/>", "<1/>", "\x00"):
    try: print(ET.fromstring(bad))
    except ET.ParseError as error: print(ascii(bad), error, error.position)
parser = ET.XMLPullParser(["start", "end"]); parser.feed("<r><x>1</x"); print([(e, n.tag) for e, n in parser.read_events()]); parser.feed("></r>"); print([(e, n.tag) for e, n in parser.read_events()])
doc = minidom.parseString("<r><i>1</i><i>2</i></r>"); print([n.firstChild.data for n in doc.getElementsByTagName("i")], doc.documentElement.toprettyxml(indent=" "))
class Links(HTMLParser):
    def __init__(self): super().__init__(); self.seen = []
    def handle_starttag(self, tag, attrs): self.seen.append((tag, attrs))
    def handle_endtag(self, tag): self.seen.append("/" + tag)
    def handle_data(self, data): self.seen.append(data)
    def handle_comment(self, data): self.seen.append(("comment", data))
links = Links(); links.feed("<p class=x><a href='u?a=1&amp;b'>t &lt; é</a><br/><!-- c --><script>if (a<b) {}</script>x"); links.close(); print(links.seen)
