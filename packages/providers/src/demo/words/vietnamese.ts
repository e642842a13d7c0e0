/** English words and phrases, and what they are in Vietnamese. A phrase goes before its words. */
const list = `
good morning=chào buổi sáng|good evening=chào buổi tối|good night=chúc ngủ ngon|how are you=bạn có khỏe không|thank you
very much=cảm ơn bạn rất nhiều|thank you=cảm ơn bạn|you are welcome=không có gì|excuse me=xin lỗi|see you later=hẹn gặp
lại|what is your name=bạn tên là gì|my name is=tên tôi là|i love you=tôi yêu bạn|i am sorry=tôi xin lỗi|of course=tất
nhiên|for example=ví dụ|a lot of=rất nhiều|every day=mỗi ngày|last year=năm ngoái|next year=năm sau|right now=ngay bây giờ|
there is=có|there are=có|in the=trong|on the=trên|at the=ở|to the=đến|of the=của|hello=xin chào|hi=chào|goodbye=tạm
biệt|please=xin vui lòng|yes=vâng|no=không|not=không|sorry=xin lỗi|thanks=cảm ơn|welcome=chào mừng|i=tôi|me=tôi|my=của
tôi|you=bạn|your=của bạn|he=anh ấy|she=cô ấy|it=nó|we=chúng tôi|our=của chúng tôi|they=họ|their=của họ|this=này|that=đó|
these=những cái này|those=những cái đó|who=ai|what=gì|where=ở đâu|when=khi nào|why=tại sao|how=như thế nào|and=và|or=hoặc|
but=nhưng|because=bởi vì|if=nếu|so=vì vậy|with=với|without=không có|for=cho|from=từ|to=đến|in=trong|on=trên|at=ở|of=của|
about=về|by=bởi|as=như|than=hơn|after=sau|before=trước|is=là|are=là|am=là|was=đã là|were=đã là|be=là|have=có|has=có|had=đã
có|do=làm|does=làm|did=đã làm|can=có thể|could=có thể|will=sẽ|would=sẽ|must=phải|should=nên|go=đi|goes=đi|went=đã đi|
come=đến|came=đã đến|eat=ăn|drink=uống|sleep=ngủ|work=làm việc|works=làm việc|live=sống|lives=sống|love=yêu|like=thích|
likes=thích|want=muốn|wants=muốn|need=cần|needs=cần|know=biết|knows=biết|think=nghĩ|see=nhìn thấy|saw=đã thấy|look=nhìn|
hear=nghe|speak=nói|say=nói|says=nói|said=đã nói|read=đọc|write=viết|learn=học|teach=dạy|buy=mua|sell=bán|give=cho|
take=lấy|make=làm|made=đã làm|use=sử dụng|help=giúp|find=tìm|open=mở|close=đóng|start=bắt đầu|stop=dừng lại|wait=chờ|
run=chạy|runs=chạy|walk=đi bộ|play=chơi|call=gọi|ask=hỏi|answer=trả lời|understand=hiểu|good=tốt|bad=xấu|great=tuyệt vời|
big=lớn|large=lớn|small=nhỏ|new=mới|old=cũ|young=trẻ|hot=nóng|cold=lạnh|fast=nhanh|quick=nhanh|slow=chậm|beautiful=đẹp|
happy=vui|sad=buồn|easy=dễ|difficult=khó|hard=khó|important=quan trọng|right=đúng|wrong=sai|free=miễn phí|safe=an toàn|
many=nhiều|much=nhiều|more=nhiều hơn|most=nhất|few=ít|all=tất cả|some=một số|every=mỗi|very=rất|too=quá|also=cũng|
always=luôn luôn|never=không bao giờ|often=thường|now=bây giờ|today=hôm nay|tomorrow=ngày mai|yesterday=hôm qua|here=ở đây|
there=ở đó|again=lại|only=chỉ|one=một|two=hai|three=ba|four=bốn|five=năm|six=sáu|seven=bảy|eight=tám|nine=chín|ten=mười|
hundred=trăm|thousand=nghìn|first=đầu tiên|last=cuối cùng|next=tiếp theo|day=ngày|week=tuần|month=tháng|year=năm|
hour=giờ|minute=phút|time=thời gian|morning=buổi sáng|evening=buổi tối|night=đêm|man=người đàn ông|woman=người phụ nữ|
people=mọi người|person=người|child=đứa trẻ|children=trẻ em|friend=bạn bè|friends=bạn bè|family=gia đình|mother=mẹ|
father=bố|brother=anh trai|sister=chị gái|name=tên|house=nhà|home=nhà|school=trường học|city=thành phố|country=đất nước|
world=thế giới|street=đường phố|car=xe ô tô|train=tàu hỏa|water=nước|food=thức ăn|rice=cơm|coffee=cà phê|tea=trà|
book=sách|books=sách|language=ngôn ngữ|word=từ|words=từ|text=văn bản|question=câu hỏi|computer=máy tính|phone=điện thoại|
program=chương trình|code=mã|data=dữ liệu|model=mô hình|user=người dùng|users=người dùng|system=hệ thống|money=tiền|
price=giá|company=công ty|product=sản phẩm|problem=vấn đề|problems=vấn đề|idea=ý tưởng|story=câu chuyện|news=tin tức|
music=âm nhạc|sun=mặt trời|rain=mưa|weather=thời tiết|sky=bầu trời|sea=biển|tree=cây|trees=cây|dog=con chó|cat=con mèo|
bird=con chim|fish=con cá|red=màu đỏ|blue=màu xanh dương|green=màu xanh lá|white=màu trắng|black=màu đen|vietnam=Việt Nam|
vietnamese=tiếng Việt|english=tiếng Anh|life=cuộc sống|health=sức khỏe|team=đội|market=thị trường|service=dịch vụ`;

export const vietnamese: ReadonlyMap<string, string> = new Map(
  list
    .replace(/\s*\n\s*/g, " ")
    .split("|")
    .map((pair) => pair.split("=").map((side) => side.trim()) as [string, string]),
);

/** They have no word of their own. */
export const unspokenInVietnamese: ReadonlySet<string> = new Set(["the", "a", "an"]);
